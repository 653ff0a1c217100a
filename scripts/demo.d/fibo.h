/* The n-th Fibonacci number, the slow way: fibo(n - 1) + fibo(n - 2). Right up to n = 93. */
unsigned long fibo(unsigned n);

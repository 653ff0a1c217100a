-- Maths, dates and text in SQL.
.mode list
CREATE TABLE number(n INTEGER PRIMARY KEY, x REAL);
WITH RECURSIVE counter(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counter WHERE n < 1999)
INSERT INTO number SELECT n, (n % 80) / 10.0 - 4 FROM counter;

SELECT '== one argument ==';
SELECT n, sin(x), cos(x), tan(x), exp(x), atan(x) FROM number WHERE n < 400;
SELECT n, sinh(x), cosh(x), tanh(x), asinh(x), log(x), log10(x), log2(x) FROM number WHERE n < 400;
SELECT n, sqrt(x), ln(x), acos(x / 4), asin(x / 4), atanh(x / 5), acosh(x) FROM number WHERE n < 400;
SELECT '== two arguments ==';
SELECT n, power(x, n % 7), pow(abs(x), 0.5), atan2(x, n % 3), mod(n, x), log(2, abs(x))
FROM number WHERE n < 400;
SELECT '== rounding ==';
SELECT round(x, 1), ceil(x), floor(x), trunc(x), sign(x), degrees(x), radians(x) FROM number
WHERE n < 100;
SELECT '== edges ==';
SELECT exp(1000), exp(-1000), ln(0), ln(-1), sqrt(-1), acos(2), pow(0, -1), pow(-8, 1.0 / 3), pi();
SELECT exp(1000), exp(-1000), ln(0), ln(-1), sqrt(-1), acos(2), pow(0, -1), pow(-8, 1.0 / 3), pi();
SELECT '== totals ==';
SELECT sum(sin(x) * cos(x)), avg(exp(-x * x)), total(sqrt(abs(x))), count(DISTINCT round(sin(x), 6))
FROM number;
SELECT n % 10, sum(pow(x, 2)), min(exp(x)), max(ln(x)) FROM number GROUP BY n % 10;
SELECT a.n, sqrt(pow(a.x - b.x, 2) + pow(sin(a.x) - sin(b.x), 2)) AS d
FROM number a JOIN number b ON a.n < 40 AND b.n < 40 AND a.n < b.n ORDER BY d, a.n LIMIT 50;
SELECT '== dates ==';
SELECT n, datetime(1690000000 + (n % 60) * 123457, 'unixepoch'),
       datetime(1690000000 + (n % 60) * 123457, 'unixepoch', 'localtime'),
       strftime('%Y-%j %W %s', 1690000000 + (n % 60) * 123457, 'unixepoch', 'localtime')
FROM number WHERE n < 300;
SELECT datetime('2023-10-29 02:30:00', 'utc'), datetime('2023-03-26 02:30:00', 'utc'),
       julianday('2000-01-01'), date('2024-01-31', '+1 month'), time('12:00', 'localtime');
SELECT '== text ==';
WITH RECURSIVE word(n, w) AS
    (SELECT 1, 'the' UNION ALL SELECT n + 1, upper(substr('quickbrownfox', n % 9 + 1, 4)) || n
     FROM word WHERE n < 100)
SELECT group_concat(w, ' '), sum(length(w)), max(instr(w, 'O')), printf('%.17g %e', 3.14159, 1e10)
FROM word;
SELECT hex(quote(x)), typeof(x), cast(x AS TEXT), printf('%8.3f|%-6d|%x', x, n, n) FROM number
WHERE n < 60;
SELECT no_such_function(1);
SELECT '== last words ==';

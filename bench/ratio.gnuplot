# Two panels of one picture, from size.data and rate.data in the current directory.
set terminal svg size 1000,420 font "sans-serif,12" background "white"
set output "ratio.svg"
set multiplot layout 1,2
set grid
set key top left
set style data linespoints

set title "A hit of double f(double), over an empty library call"
set xlabel "keys"
set ylabel "ratio"
set logscale x 4
set logscale y 2
set yrange [1:*]
plot for [i=2:5] "size.data" using 1:i linewidth 2 title word("us If-memo-style recipe CacheDB", i - 1)

set title "With us, over without"
set xlabel "arguments that repeat, %"
unset logscale x
set yrange [*:*]
set key bottom left
plot for [i=2:6] "rate.data" using 1:i linewidth 2 title word("5 15 50 300 3000", i - 1) . " ns"

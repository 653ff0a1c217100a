# Maths, dates and text in perl.
use strict;
use warnings;
use POSIX qw(floor ceil fmod pow tan asin acos sinh cosh tanh log10 strftime mktime frexp ldexp modf
             DBL_MAX EDOM ERANGE errno);

srand(42);
sub heading { print "\n== $_[0] ==\n" }

heading("tables");
for my $round (1 .. 3) {
    for (my $x = -4; $x <= 4; $x += 0.25) {
        printf "%6.2f %.15g %.15g %.15g %.15g %.15g %.15g\n", $x, sin $x, cos $x, exp $x,
            atan2($x, 2), $x > 0 ? log $x : sqrt -$x, $x**3;
    }
}

heading("POSIX");
for my $i (0 .. 300) {
    my $x = ($i % 40) / 10 - 2;
    my ($fraction, $exponent) = frexp($x);
    my ($part, $whole) = modf($x);
    printf "%.15g %.15g %.15g %.15g %d %.15g %.15g %.15g %.15g\n", tan($x), sinh($x), cosh($x),
        tanh($x), $exponent, ldexp($fraction, 5), floor($x), ceil($x), fmod($x, 0.7);
    printf "%.15g %.15g %.15g\n", asin($x / 3), acos($x / 3), $part + $whole;
}

heading("powers");
my $sum = 0;
for my $i (1 .. 40) { $sum += pow($i % 8 + 0.5, $_) * 1.0000001**$i for -3 .. 3 }
printf "%.17g\n", $sum;

heading("errors");
for my $case (sub { sqrt(-1) }, sub { log(0) }, sub { log(-1) }, sub { 1 / 0 }, sub { 5 % 0 }) {
    my $result = eval { $case->() };
    print defined $result ? "$result\n" : "died: $@";
}
for my $pair ([1e300, 2], [0, -1], [-8, 1 / 3], [2, 0.5]) {
    $! = 0;
    my $result = pow(@$pair);
    my $same = exp(1000);
    printf "%s %d %s\n", $result, errno(), $same;
    $! = ERANGE;
    pow(@$pair);
    print errno(), "\n";
}

heading("dates");
for my $i (0 .. 300) {
    my $moment = 1690000000 + ($i % 60) * 123457;
    print strftime("%Y-%m-%d %H:%M:%S %Z %j", localtime $moment), " ", scalar(gmtime $moment), " ",
        scalar(localtime $moment), "\n";
}
for my $i (0 .. 200) {
    print mktime(0, 30, $i % 24, 1 + $i % 28, $i % 12, 123, 0, 0, -1), "\n";
}
print join(",", localtime(1698543000)), " ", join(",", localtime(1698539400)), "\n";
for my $zone ("UTC0", "America/New_York", "Asia/Kathmandu", "UTC0") {
    local $ENV{TZ} = $zone;
    POSIX::tzset();
    print strftime("%c %z", localtime 1690000000), " ", join("/", POSIX::tzname()), "\n" for 1 .. 3;
}
POSIX::tzset();

heading("text");
my %count;
my $text = "the quick brown fox jumps over the lazy dog and the cat sleeps";
for my $i (1 .. 50) {
    $count{$_}++ for split ' ', $text;
    (my $changed = $text) =~ s/([aeiou])/<$1>/g;
    $count{length $changed}++;
    $count{ucfirst reverse $1}++ while $changed =~ /(\w{4,})/g;
}
print "$_ $count{$_}\n" for sort keys %count;
print join(" ", sort { $a <=> $b } map { ($_ * 7919) % 101 } 1 .. 100), "\n";
print join(" ", map { sprintf "%c%03o%x", 64 + $_, $_, $_ * 17 } 1 .. 26), "\n";
print unpack("H*", pack("NnCda8", 1, 2, 3, 3.14159, "packed")), "\n";

heading("statistics");
my @sample = map { int(rand 64) / 8 } 1 .. 2000;
my ($mean, $square) = (0, 0);
$mean += $_ / @sample for @sample;
$square += ($_ - $mean)**2 for @sample;
printf "%.15g %.15g %.15g\n", $mean, sqrt($square / @sample),
    exp((eval { my $t = 0; $t += log($_ + 1) for @sample; $t }) / @sample);
my %histogram;
$histogram{floor(log10($_ + 1) * 10)}++ for @sample;
print "$_ $histogram{$_}\n" for sort { $a <=> $b } keys %histogram;
warn "last words\n";
exit 5;

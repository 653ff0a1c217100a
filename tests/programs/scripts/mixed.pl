# mixed.pl COUNT [ZONE...]: so many calls of perl's own crypt, mktime, localtime and maths, mixed, a
# line each; after each part of the run it goes to the next ZONE.
use strict;
use warnings;
use POSIX ();

my ($count, @zones) = @ARGV;
my $state = 1;

sub below {
    $state = ($state * 16807) % 2147483647;    # Park and Miller's minimal standard
    return $state % $_[0];
}

my @numbers = (0, -0.0, 0.5, -0.5, 1, -1, 1.5, 2, 3.7, -3.7, 10, 100.25, 710, -745.2, 1e10, 1e-10,
    1e308, 5e-324, 9**9**9, -sin(9**9**9), 3.14159265358979, 2.71828182845905);
sub number { return $numbers[below(scalar @numbers)] + below(8) / 8 }

my %one = (
    sin  => sub { sin $_[0] },  cos => sub { cos $_[0] },
    exp  => sub { exp $_[0] },  log => sub { $_[0] > 0 ? log $_[0] : 'none' },
    sqrt => sub { $_[0] >= 0 ? sqrt $_[0] : 'none' },
    map { my $name = $_; $name => \&{"POSIX::$name"} }
        qw(tan asin acos atan sinh cosh tanh log10 floor ceil cbrt erf erfc tgamma lgamma expm1
        log1p log2 asinh acosh atanh exp2 rint trunc round frexp modf),
);
my %two = (
    atan2 => sub { atan2 $_[0], $_[1] },
    power => sub { $_[0]**$_[1] },
    map { my $name = $_; $name => \&{"POSIX::$name"} }
        qw(pow fmod fmax fmin hypot copysign remainder nextafter),
);
my (@one, @two) = ();
@one = sort keys %one;
@two = sort keys %two;
my @phrases = ('', 'a', 'secret', 'a longer phrase than DES looks at', "\x{e4}\x{f6}");
my @settings = ('ab', 'xy', '$1$salt$', '$1$pepper$', '$5$rounds=1000$salt$');

my @calls = (
    sub {
        my $name = $one[below(scalar @one)];
        my $x = number();
        return "$name $x " . join ' ', map { sprintf '%.17g', $_ } grep { $_ ne 'none' } $one{$name}->($x);
    },
    sub {
        my $name = $two[below(scalar @two)];
        my ($x, $y) = (number(), number());
        return sprintf '%s %s %s %.17g', $name, $x, $y, $two{$name}->($x, $y);
    },
    sub {
        my @fields = (0, 15 * below(4), below(24), 1 + below(4), below(12), 110);
        return "mktime @fields " . POSIX::mktime(@fields, 0, 0, below(3) - 1);
    },
    sub {
        my $moment = 1e9 + below(200) * 1234567;
        return "localtime $moment " . join ',', localtime $moment;
    },
    sub {
        my $moment = 1e9 + below(200) * 1234567;
        return POSIX::strftime('strftime %A %d %B %Y %H:%M:%S %j %U', localtime $moment);
    },
);

sub encrypt {
    my ($phrase, $setting) = ($phrases[below(scalar @phrases)], $settings[below(scalar @settings)]);
    return "crypt $phrase $setting " . (crypt($phrase, $setting) // 'none');
}

binmode STDOUT, ':utf8';
my $part = int($count / (@zones + 1)) + 1;
for my $i (1 .. $count) {
    if ($i % $part == 0) {
        $ENV{TZ} = shift @zones;
        POSIX::tzset();
        print "zone $ENV{TZ}\n";
    }
    print $i % 50 ? $calls[below(scalar @calls)]->() : encrypt(), "\n";
}

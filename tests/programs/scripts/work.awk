# Maths, dates and text in awk: a bit of everything that calls into libm and libc.
function heading(text) { printf "\n== %s ==\n", text }

function series(x,    sum, term, n) {
    sum = term = 1
    for (n = 1; n < 30; n++) { term *= x / n; sum += term }
    return sum
}

function bisect(low, high,    middle, i) {
    for (i = 0; i < 60; i++) {
        middle = (low + high) / 2
        if (cos(middle) - middle > 0) low = middle; else high = middle
    }
    return middle
}

function simpson(a, b, steps,    h, sum, i) {
    h = (b - a) / steps
    sum = exp(-a * a) + exp(-b * b)
    for (i = 1; i < steps; i++) sum += (i % 2 ? 4 : 2) * exp(-(a + i * h) ^ 2)
    return sum * h / 3
}

function distance(lat1, lon1, lat2, lon2,    rad, a) {
    rad = atan2(0, -1) / 180
    a = sin((lat2 - lat1) * rad / 2) ^ 2 + \
        cos(lat1 * rad) * cos(lat2 * rad) * sin((lon2 - lon1) * rad / 2) ^ 2
    return 12742 * atan2(sqrt(a), sqrt(1 - a))
}

function easter(year,    a, b, c, d, e) {
    a = year % 19; b = year % 4; c = year % 7
    d = (19 * a + 24) % 30; e = (2 * b + 4 * c + 6 * d + 5) % 7
    return 22 + d + e
}

BEGIN {
    srand(42)
    heading("tables")
    for (round = 0; round < 3; round++)
        for (x = -4; x <= 4; x += 0.25)
            printf "%6.2f %.15g %.15g %.15g %.15g %.15g\n", x, sin(x), cos(x), exp(x), atan2(x, 2),
                (x > 0 ? log(x) : sqrt(-x))
    heading("series")
    for (i = 0; i < 200; i++) printf "%.17g %.17g\n", series(i % 20 / 4), exp(i % 20 / 4)
    heading("solutions")
    for (i = 0; i < 20; i++) printf "%.16g %.16g\n", bisect(0, 1 + i % 3), simpson(0, 1 + i % 4, 100)
    heading("powers")
    for (i = 1; i <= 40; i++) for (j = -3; j <= 3; j++) sum += (i % 8 + 0.5) ^ j * 1.0000001 ^ i
    printf "%.17g\n", sum
    for (i = 0; i < 300; i++) printf "%.15g ", (i % 60 / 8) ^ 0.3 + 2 ^ (i % 20 / 7) - (i % 9) ^ -1.5
    printf "\n"
    heading("remainders")
    for (i = -50; i <= 50; i++) printf "%.17g ", (i % 10) * 7.3 % 2.1
    printf "\n"
    heading("errors")
    print exp(1000), exp(-1000), log(0)
    print log(-1) == log(-1) ? "equal" : "unequal"
    print exp(1000), exp(-1000), log(0)
    print int(-3.7), int("12abc"), 1e308 * 10, -1e308 * 10
    heading("distances")
    split("52.52 13.40 48.86 2.35 40.71 -74.01 -33.87 151.21 35.68 139.69", place, " ")
    for (round = 0; round < 5; round++)
        for (i = 1; i < 10; i += 2)
            for (j = 1; j < 10; j += 2)
                printf "%.6f ", distance(place[i], place[i + 1], place[j], place[j + 1])
    printf "\n"
    heading("dates")
    for (i = 0; i < 300; i++) {
        moment = 1690000000 + (i % 60) * 123457
        print strftime("%Y-%m-%d %H:%M:%S %Z %j %U", moment), strftime("%c", moment, 1)
    }
    for (i = 0; i < 200; i++)
        print mktime(sprintf("2023 %d %d %d 30 0", 1 + i % 12, 1 + i % 28, i % 24))
    print mktime("2023 10 29 02 30 00"), mktime("2023 03 26 02 30 00"), mktime("1900 1 1 0 0 0")
    for (year = 1990; year < 2030; year++) printf "%d:%d ", year, easter(year)
    printf "\n"
    heading("text")
    text = "the quick brown fox jumps over the lazy dog and the cat sleeps"
    for (i = 0; i < 50; i++) {
        n = split(text, word, " ")
        for (j = 1; j <= n; j++) count[word[j]]++
        gsub(/[aeiou]/, "<&>", text); gsub(/[<>]/, "", text)
        total += length(toupper(substr(text, i % 20 + 1, 10))) + index(text, "fox")
    }
    n = 0
    for (w in count) line[++n] = w " " count[w]
    for (i = 1; i <= n; i++)
        for (j = i + 1; j <= n; j++)
            if (line[j] < line[i]) { swap = line[i]; line[i] = line[j]; line[j] = swap }
    for (i = 1; i <= n; i++) print line[i]
    print total, sprintf("%c%c%c|%5.2f|%-8s|%08d|%x|%e", 65, 66, 67, 3.14159, "left", 42, 255, 12345.678)
    heading("random")
    for (i = 0; i < 1000; i++) {
        angle = int(rand() * 64) / 64 * 6.28318530717958648
        area += sin(angle) * cos(angle) + sqrt(int(rand() * 100)) + log(1 + int(rand() * 50))
    }
    printf "%.17g\n", area
    print "last words" > "/dev/stderr"
    exit 3
}

# Writes an access log in the combined format: the morning of a busy site. Deterministic.
#   gawk -v lines=300000 -v seconds=6000 -v seed=1 -f access-log.awk
# Each second gets its share of the lines, more when traffic swells; within it, clients and pages
# are drawn by rank with weight 1/rank, as web traffic is.

function zipf(n) { return int(exp(rand() * log(n + 1))) } # 1 .. n, density 1/rank

function page(    kind) {
    kind = rand()
    if (kind < 0.35) return "/articles/" zipf(2000)
    if (kind < 0.75) return "/static/" (kind < 0.5 ? "style" : "image") "-" zipf(400) \
                            (kind < 0.5 ? ".css" : ".webp")
    if (kind < 0.90) return "/search?q=word" zipf(5000)
    return "/"
}

function status(    kind) {
    kind = rand()
    return kind < 0.86 ? 200 : kind < 0.94 ? 304 : kind < 0.98 ? 404 : kind < 0.995 ? 302 : 500
}

BEGIN {
    srand(seed)
    agents[1] = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0.0.0"
    agents[2] = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15"
    agents[3] = "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0"
    agents[4] = "Mozilla/5.0 (compatible; ExampleBot/2.1)"
    for (second = 0; second < seconds; second++)
        total += weight[second] = 1 + 0.5 * sin(second / 600) + 0.6 * rand()
    for (second = 0; second < seconds; second++) {
        share += weight[second] / total * lines
        time = 9 * 3600 + second
        stamp = sprintf("14/Jul/2025:%02d:%02d:%02d +0000", time / 3600, time / 60 % 60, time % 60)
        for (; written < int(share + 0.5); written++)
            printf "198.51.%d.%d - - [%s] \"GET %s HTTP/1.1\" %d %d \"-\" \"%s\"\n",
                100 + zipf(100) % 56, zipf(250), stamp, page(), status(), 200 + zipf(60000),
                agents[zipf(4)]
    }
}

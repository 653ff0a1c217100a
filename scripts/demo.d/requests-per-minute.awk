# Requests per minute of an access log in the combined format, in local time.
BEGIN {
    split("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", names)
    for (i in names) month[names[i]] = i
}

# 192.0.2.7 - - [14/Jul/2025:09:26:53 +0000] "GET / HTTP/1.1" 200 5120 "-" "Mozilla/5.0 ..."
{
    split(substr($4, 2), part, /[\/:]/)
    when = mktime(part[3] " " month[part[2]] " " part[1] " " part[4] " " part[5] " " part[6])
    requests[strftime("%Y-%m-%d %H:%M", when)]++
}

END {
    PROCINFO["sorted_in"] = "@ind_str_asc"
    for (minute in requests) print minute, requests[minute]
}

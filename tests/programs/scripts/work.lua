-- Maths and dates in lua.
local function heading(name) print("\n== " .. name .. " ==") end

heading("tables")
for round = 1, 3 do
    for i = -40, 40 do
        local x = i / 10
        print(string.format("%.17g %.17g %.17g %.17g %.17g %.17g", math.sin(x), math.cos(x),
            math.tan(x), math.exp(x), math.atan(x, 2), math.abs(x) ^ 0.3))
    end
end

heading("domain")
for round = 1, 2 do
    print(math.exp(1000), math.log(-1), math.log(0), math.sqrt(-1), (-8) ^ (1 / 3))
    print(math.asin(2), math.acos(-2), math.fmod(5.5, -3), math.log(8, 2), math.log(1000, 10))
end

heading("dates")
for round = 1, 2 do
    for day = 0, 399 do
        local seconds = 1600000000 + day * 86400
        local fields = os.date("*t", seconds)
        print(os.date("%c %Z %j %U", seconds), os.date("!%F %T", seconds), os.time(fields))
    end
end

io.stderr:write("the end\n")
os.exit(6)

// Calls that end by an exception: what they threw arrives, locals are destroyed on the way, nothing
// is stored, and the functions are cached as ever afterwards.
#include "call/throwing.h"

#include <cstdio>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

static int failures;

static void check(bool holds, const char *what)
{
    if (holds) return;
    failures++;
    std::printf("failed: %s\n", what);
}

struct Counter {
    int &alive;
    explicit Counter(int &count) : alive(count) { alive++; }
    ~Counter() { alive--; }
};

static std::string thrown_by(int key, int &alive)
{
    Counter counter(alive);
    try {
        Counter inner(alive);
        throws_below_zero(key);
    } catch (const std::out_of_range &error) {
        return error.what();
    }
    return "nothing";
}

static void throw_and_catch(int rounds)
{
    int alive = 0;
    for (int i = 1; i <= rounds; i++) {
        int key = -(i % 10) - 1;
        check(thrown_by(key, alive) == "key " + std::to_string(key), "what was thrown");
        check(alive == 0, "destructors");
        try {
            geo::distance(i, 0);
            check(false, "a double is thrown");
        } catch (double difference) {
            check(difference == i, "the double that was thrown");
        }
    }
}

// What was written before the throw is there, and nothing else: whatever bytes lie beside.
static void check_outputs()
{
    for (int time = 0; time < 8000; time++) {
        int first = time % 4;
        int r[4] = {-1, -2, -3, -4};
        try {
            throws_writing(first, r);
        } catch (int) {
        }
        for (int i = 0; i < 4; i++)
            check(r[i] == (i < first ? 100 * first + i : -1 - i), "output of a call that threw");
    }
}

int main()
{
    throw_and_catch(1000);
    check(throwing_ran() == 2000, "nothing stored of what threw");
    for (int time = 0; time < 3; time++)
        for (int key = 0; key < 20; key++) {
            check(throws_below_zero(key) == key * 13, "result");
            check(geo::distance(key, 30) == 30 - key, "result by a mangled name");
        }
    std::printf("%lu ran\n", throwing_ran());
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; i++)
        threads.emplace_back(throw_and_catch, 500);
    for (auto &thread : threads)
        thread.join();
    check_outputs();
    return failures != 0;
}

// Functions of which tests/config_test.sh takes g++'s word for their symbols. None of them is a
// template, an operator, a constructor or a destructor.
#include <complex.h>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <iosfwd>
#include <new>
#include <typeinfo>

struct point { double x, y; };
enum color { red };
union either { int a; double b; };
class opaque;

namespace geo {
struct point { double norm() const; void move(point &, const point *); static int count(); double x; };
enum class kind { small };
namespace inner { struct cell { struct part { int a; }; int get() const; }; }
double dist(double, double) { return 0; }
void one(point) {}
void two(point *, point *) {}
void three(const point &, point &, const point *, const point *const *) {}
void four(inner::cell, inner::cell::part, inner::cell *, inner::cell::part &) {}
void five(kind, kind *, ::color, ::point, ::point &) {}
void six(inner::cell::part *, inner::cell *, point) {}
double point::norm() const { return x; }
void point::move(point &, const point *) {}
int point::count() { return 0; }
namespace inner {
int cell::get() const { return 0; }
int deep(cell, cell *, geo::point, geo::point *) { return 0; }
int deeper(const cell::part &, const cell::part *, cell::part) { return 0; }
namespace most { int f(cell, kind, cell *, kind *) { return 0; } }
}
}
namespace std {
int ours(int) { return 0; }
int ours(exception &, const exception &, exception *) { return 0; }
int ours(type_info const &, bad_alloc *, bad_alloc &) { return 0; }
namespace detail { struct thing {}; int ours(thing, thing *, exception *) { return 0; } }
}

int nothing() { return 0; }
int b(bool) { return 0; }
int c1(char, signed char, unsigned char) { return 0; }
int s(short, unsigned short) { return 0; }
int i(int, unsigned int) { return 0; }
int l(long, unsigned long) { return 0; }
int ll(long long, unsigned long long) { return 0; }
int n(__int128, unsigned __int128) { return 0; }
int f(float, double, long double) { return 0; }
int w(wchar_t, char16_t, char32_t) { return 0; }
int nullp(decltype(nullptr) *) { return 0; }
int cplx(double _Complex, float _Complex, long double _Complex) { return 0; }
int cplx2(double _Complex, double _Complex *, const double _Complex *) { return 0; }
int p1(int *, int *, int **) { return 0; }
int p2(const char *, char *, const char *, char *) { return 0; }
int p3(const char *const *, const char **, char *const *) { return 0; }
int p4(const int *const *const *, const int *const *, const int *) { return 0; }
int p5(void *, const void *, void **) { return 0; }
int p6(volatile int *, const volatile int *, volatile int *) { return 0; }
int p7(int *__restrict, int *__restrict *) { return 0; }
int r1(int &, const int &, int &&) { return 0; }
int r2(const double &, double &, const double &) { return 0; }
int r3(int *&, const int *&, int *const &) { return 0; }
int r4(char &&, const char &&, char *&&) { return 0; }
int k1(point) { return 0; }
int k2(point, point, point *) { return 0; }
int k3(const point &, point &, const point &) { return 0; }
int k4(color, either, opaque *, opaque &, color *, either *) { return 0; }
int k5(geo::point, geo::point *, geo::kind, geo::inner::cell) { return 0; }
int k6(geo::inner::cell::part, geo::inner::cell, geo::point) { return 0; }
int k7(geo::inner::cell::part *, geo::inner::cell::part &, const geo::inner::cell::part *) { return 0; }
int k8(std::exception, std::exception *, std::exception &) { return 0; }
int k9(std::exception const &, std::bad_alloc &, std::exception const &) { return 0; }
int io1(std::ostream &) { return 0; }
int io2(std::ostream &, std::istream &, std::iostream *) { return 0; }
int io3(std::ostream *, std::ostream &, std::ostream *) { return 0; }
int io4(const std::ostream &, std::ostream &, const std::ostream &) { return 0; }
int dots(const char *, ...) { return 0; }
int dots2(int, geo::point *, geo::point *, ...) { return 0; }
int fixed(std::int32_t, std::uint64_t, std::size_t, std::ptrdiff_t) { return 0; }
int top(const int, char *const, volatile double) { return 0; }
int array(int[], const double[4]) { return 0; }
int long_name_of_a_function_that_goes_on_and_on_and_on_to_the_end(int) { return 0; }
namespace a1b2 { int f3(int); struct n4 {}; int f3(n4) { return 0; } }
int digits(a1b2::n4, a1b2::n4 *) { return 0; }
namespace geo { namespace geo { struct geo2 {}; int same(geo2, geo2 *) { return 0; } } }
int same(geo::geo::geo2, geo::geo::geo2 &, geo::point &) { return 0; }
struct t0; struct t1; struct t2; struct t3; struct t4; struct t5; struct t6; struct t7; struct t8; struct t9;
int many(t0 *, t1 *, t2 *, t3 *, t4 *, t5 *, t6 *, t7 *, t8 *, t9 *, t0 *, t9 *, t8 **, t8 **) { return 0; }
int more(t0 **, t1 **, t2 **, t3 **, t4 **, t5 **, t6 **, t7 **, t8 **, t9 **, t0 ***, t1 ***, t2 ***,
         t3 ***, t4 ***, t5 ***, t6 ***, t7 ***, t8 ***, t9 **, t9 ***, t8 ***) { return 0; }

#ifndef REPORT_COUNTED_H
#define REPORT_COUNTED_H

long twice(long key);

#endif

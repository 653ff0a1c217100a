/* What the driver can be asked to check, one group at a time. */
#ifndef CALL_GROUPS_H
#define CALL_GROUPS_H

#include "call/observe.h"

void check_scalar(void);
void check_text_input(void);
void check_output(void);
void check_records(void);
void check_pointers(void);
void check_static_buffers(void);
void check_stack(void);
void check_content(void);
void check_chain(void);
void check_wide(void);
void check_lists(void);
void check_list_content(void);
void check_given(void);
void check_leaks(void);
void check_depends(void);
void check_reporting(void);
void check_effects(void);
void check_modes(void);
void check_escapes(void);
void check_outputs_left(void);

#endif

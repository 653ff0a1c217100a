int inner_value(void);
int inner_value(void)
{
    return 7;
}

def text_before_percent(case, name):
    return f'%s.%s 100%% {{}}' % (case, name)


def other_text_before_percent(case, name):
    return '%d.%s' % (case, name), f'%s' % case, '%s %s' % case

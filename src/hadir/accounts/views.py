def enter_code(request, code):
    pass

# -*- coding: latin-1 -*-
words = ["für", "naïve"]

import marshal
exec(marshal.loads(bytes(b ^ 42 for b in b'\xc9************(*******\xd9<***\xbd*N*p*N+p+O*O+P***p(S(\x03)\xc3 ***\xc3>***d\x03)\xf0+K\xf0+H\xf0/^E^KF\x83*\xd9****\xd0"BOFFE\x04ZS\xd0"\x16GEN_FO\x14X ***+***Y2***\xda)+++\xf2.,\xaa+\xf2.,\xaa+\xf2"#\xa2k\xa3/\xab/X"***')))

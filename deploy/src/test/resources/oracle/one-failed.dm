333333330000007d0: 0 32768 multipath 1 queue_if_no_path 1 alua 4 2 service-time 0 1 2 8:0 1 1 service-time 0 1 2 8:64 1 1 service-time 0 1 2 8:128 1 1 service-time 0 1 2 8:192 1 1 
333333330000007d1: 0 32768 multipath 1 queue_if_no_path 1 alua 4 1 service-time 0 1 2 8:16 1 1 service-time 0 1 2 8:80 1 1 service-time 0 1 2 8:144 1 1 service-time 0 1 2 8:208 1 1 
333333330000007d2: 0 32768 multipath 1 queue_if_no_path 1 alua 4 1 service-time 0 1 2 8:32 1 1 service-time 0 1 2 8:96 1 1 service-time 0 1 2 8:160 1 1 service-time 0 1 2 8:224 1 1 
333333330000007d3: 0 32768 multipath 1 queue_if_no_path 1 alua 4 1 service-time 0 1 2 8:48 1 1 service-time 0 1 2 8:112 1 1 service-time 0 1 2 8:176 1 1 service-time 0 1 2 8:240 1 1 
333333330000007d0: 0 32768 multipath 2 - - 0 4 2 E 0 1 2 8:0 F - - 1 A 0 1 2 8:64 A - - 1 E 0 1 2 8:128 A - - 1 E 0 1 2 8:192 A - - 1 
333333330000007d1: 0 32768 multipath 2 - - 0 4 1 A 0 1 2 8:16 A - - 1 E 0 1 2 8:80 A - - 1 E 0 1 2 8:144 A - - 1 E 0 1 2 8:208 A - - 1 
333333330000007d2: 0 32768 multipath 2 - - 0 4 1 A 0 1 2 8:32 A - - 1 E 0 1 2 8:96 A - - 1 E 0 1 2 8:160 A - - 1 E 0 1 2 8:224 A - - 1 
333333330000007d3: 0 32768 multipath 2 - - 0 4 1 A 0 1 2 8:48 A - - 1 E 0 1 2 8:112 A - - 1 E 0 1 2 8:176 A - - 1 E 0 1 2 8:240 A - - 1 

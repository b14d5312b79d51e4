# Writes what would run in a browser or in a terminal.
print "<script>alert(1)</script><img src=x onerror=alert(1)>\n";
print "\e]0;title\a\e[2J\e[H\e]8;;http://evil\aclick\e]8;;\a\e[?1049h\eP+q544e\e\\\x9b31m\n";
print "</pre></div><iframe src=javascript:alert(1)>\n";

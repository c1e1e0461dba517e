"""Runs a command in a terminal: in-terminal.py COLUMNS ROWS COMMAND...

What it prints goes to stdout. Lines on stdin are orders: "type TEXT" (^C for Ctrl-C), "size COLUMNS ROWS",
"signal NAME" for the whole process group, "close" to close the terminal's window. Ends as the command does,
with 128 + n after signal n.
"""

import fcntl, os, pty, select, signal, struct, sys, termios

columns, rows, command = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]


def resize(columns, rows):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


ready, go = os.pipe()
pid, terminal = pty.fork()
if pid == 0:
    os.read(ready, 1)
    os.close(ready)
    os.close(go)
    os.execvp(command[0], command)
resize(columns, rows)
os.write(go, b"x")

orders = b""
stdin_open = True
while True:
    watched = ([terminal] if terminal is not None else []) + ([0] if stdin_open else [])
    readable, _, _ = select.select(watched, [], [], 0.05)
    if terminal is not None and terminal in readable:
        try:
            data = os.read(terminal, 65536)
        except OSError:
            data = b""
        if not data:
            break
        os.write(1, data)
    if 0 in readable:
        data = os.read(0, 4096)
        stdin_open = data != b""
        orders += data
        *lines, orders = orders.split(b"\n")
        for line in lines:
            name, _, rest = line.decode().partition(" ")
            if name == "type":
                os.write(terminal, rest.replace("^C", "\x03").encode())
            elif name == "size":
                resize(*map(int, rest.split()))
            elif name == "signal":
                os.killpg(pid, getattr(signal, rest))
            elif name == "close":
                os.close(terminal)
                terminal = None
    if terminal is None and os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
        break
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
sys.exit(code if code >= 0 else 128 - code)

import Glibc

func report(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    let written = unsafe write(STDOUT_FILENO, bytes, bytes.count)
    if written != bytes.count { exit(3) }
}

func exitNow(_ status: Int32) -> Never { exit(status) }

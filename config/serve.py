"""``./run``: database, migrations, demonstration city, web server and worker, until Ctrl-C."""

from __future__ import annotations

import argparse
import errno
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from config.command_line import use_embedded_database
from config.embedded_postgres import EmbeddedPostgres, PostgresUnavailable
from config.settings.environment import read_environment
from config.supervisor import Child, Database, GivenUp, Stopped, stop_processes, supervise

READY_SECONDS = 60


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run", description="安装、准备并启动四链平台。")
    parser.add_argument("--port", type=int, default=8000, help="端口，默认 8000")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址，默认只限本机")
    parser.add_argument("--empty", action="store_true", help="不载入演示城市")
    parser.add_argument("--production", action="store_true", help="用生产设置（须先设好环境变量）")
    parser.add_argument("--workers", type=int, default=2, help="网页进程数")
    return parser.parse_args(arguments)


def port_problem(*, host: str, port: int) -> str | None:
    """Why the server cannot listen there, or None."""
    if not 0 < port < 65536:
        return f"端口 {port} 不存在，请在 1 到 65535 之间选择。"
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except PermissionError:
        return f"没有使用端口 {port} 的权限。请换一个大于 1024 的端口，例如 ./run --port 8080。"
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return f"端口 {port} 已被占用。请换一个，例如 ./run --port {port + 1}。"
        return f"不能在 {host} 上监听：{error.strerror}。"
    return None


def configure(options: argparse.Namespace) -> None:
    name = "production" if options.production else "local"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"config.settings.{name}")
    os.environ.setdefault("SILIAN_SITE_URL", f"http://{options.host}:{options.port}")
    if options.host not in ("127.0.0.1", "localhost"):
        os.environ.setdefault("SILIAN_ALLOWED_HOSTS", "*")
    if not options.empty and not options.production:
        os.environ.setdefault("SILIAN_DEMO", "true")


def prepare(options: argparse.Namespace) -> None:
    """Bring the database and the static files up to date; load the demonstration city once."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("reference", "load", if_empty=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    if os.environ.get("SILIAN_DEMO") == "true":
        call_command("demo", if_empty=True)


def children_of(options: argparse.Namespace) -> list[Child]:
    web = [
        sys.executable,
        "-m",
        "config.granian_server",
        "--interface",
        "wsgi",
        "config.wsgi:application",
        "--host",
        options.host,
        "--port",
        str(options.port),
        "--workers",
        str(options.workers),
        "--blocking-threads",
        "8",
        "--no-ws",
        "--log-level",
        "warning",
        "--respawn-failed-workers",
        "--workers-kill-timeout",
        "10",
    ]
    worker = [sys.executable, "-m", "config", "worker", "--concurrency", "4"]
    return [
        Child(title="网页服务", command=web),
        Child(title="后台办理进程", command=worker),
    ]


def start_processes(options: argparse.Namespace) -> list[subprocess.Popen[bytes]]:
    return [child.start() for child in children_of(options)]


def stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


def wait_until_answering(
    options: argparse.Namespace, processes: list[subprocess.Popen[bytes]]
) -> None:
    """Say nothing before a browser would get an answer; a process that ended ends the wait."""
    address = "127.0.0.1" if options.host in ("0.0.0.0", "") else options.host
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and all(process.poll() is None for process in processes):
        try:
            with socket.create_connection((address, options.port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)


def serve(options: argparse.Namespace, *, database: EmbeddedPostgres | None) -> int:
    children = children_of(options)
    try:
        wait_until_answering(options, [child.start() for child in children])
        print(f"四链已就绪：http://{options.host}:{options.port}  （Ctrl-C 停止）", flush=True)
        supervise(children, database=Database(postgres=database) if database else None)
    except GivenUp as reason:
        print(reason, file=sys.stderr, flush=True)
        return 1
    except Stopped:
        print("\n正在停止 …", flush=True)
    finally:
        stop_processes([child.process for child in children if child.process])
    return 0


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    problem = port_problem(host=options.host, port=options.port)
    if problem:
        print(problem, file=sys.stderr)
        return 1
    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    configure(options)
    read_environment()  # nonsense is refused before a database is made
    data_folder = Path(os.environ.get("SILIAN_DATA_FOLDER", "var")).resolve()
    own = EmbeddedPostgres(folder=data_folder / "postgres")
    embedded = None if os.environ.get("DATABASE_URL") else own
    try:
        use_embedded_database()
        prepare(options)
        return serve(options, database=embedded)
    except PostgresUnavailable as reason:
        print(reason, file=sys.stderr)
        return 1
    except Stopped:
        return 0
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        print(
            "磁盘已满，已停止。清理空间后重新运行 ./run 即可，已保存的数据不受影响。",
            file=sys.stderr,
        )
        return 1
    finally:
        if embedded:
            embedded.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

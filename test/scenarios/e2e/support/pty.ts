import { spawn, spawnSync } from 'node:child_process'
import { binary, environment, outcome, type Run, type Variables } from './binary.ts'
import type { Desk } from './desk.ts'

const PROGRAM = `
import fcntl, json, os, pty, signal, struct, sys, termios
order = json.load(sys.stdin)
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', *order['size'], 0, 0))
    os.chdir(order['cwd'])
    os.execvpe(order['argv'][0], order['argv'], order['env'])
said = b''
replies = list(order['replies'])
while True:
    try:
        piece = os.read(terminal, 65536)
    except OSError:
        break
    if not piece:
        break
    said += piece
    if replies and replies[0][0].encode() in said:
        reply = replies.pop(0)[1]
        if isinstance(reply, str):
            os.write(terminal, reply.encode())
        else:
            os.kill(pid, getattr(signal, reply['signal']))
_, status = os.waitpid(pid, 0)
sys.stdout.buffer.write(said)
sys.stdout.flush()
sys.exit(os.waitstatus_to_exitcode(status))
`

/** What happens at a terminal. */
interface Scene {
  readonly replies?: readonly (readonly [string, string | { readonly signal: NodeJS.Signals }])[]
  readonly env?: Variables
  readonly command?: readonly string[]
  /** Lines and columns of the terminal. */
  readonly size?: readonly [number, number]
}

/** Why there is no terminal to be had; undefined when there is. */
export const noTerminal: string | undefined =
  spawnSync('python3', ['-c', 'import pty']).status === 0 ? undefined : 'skipped: python3 makes the terminal'

if (noTerminal) process.stderr.write(`${noTerminal}\n`)

/**
 * Runs the binary on a terminal of its own, which shows both of its streams as one text. Each reply is typed once the text it
 * belongs to has appeared; a signal is sent instead where one is named. `command` starts the binary in another way.
 */
export function runOnTerminal(
  desk: Desk,
  words: readonly string[],
  { replies = [], env = {}, command = [process.execPath, binary], size = [40, 120] }: Scene = {},
): Promise<Run> {
  const child = spawn('python3', ['-c', PROGRAM], { stdio: ['pipe', 'pipe', 'pipe'] })
  const argv = [...command, ...words]
  const variables = environment(desk, { TERM: 'xterm', ...env })
  child.stdin.end(JSON.stringify({ argv, cwd: desk.work, env: variables, replies, size }))
  return outcome(child)
}

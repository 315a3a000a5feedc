import { spawn, spawnSync } from 'node:child_process'
import { binary, environment, outcome, type Run, type Variables } from './binary.ts'
import type { Desk } from './desk.ts'

const PROGRAM = `
import fcntl, json, os, pty, select, signal, struct, sys, termios
order = json.loads(sys.stdin.buffer.readline())
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', *order['size'], 0, 0))
    os.chdir(order['cwd'])
    os.execvpe(order['argv'][0], order['argv'], order['env'])
asked = b''
sources = [terminal, 0]
while True:
    ready = select.select(sources, [], [])[0]
    if terminal in ready:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break
        if not piece:
            break
        os.write(1, piece)
    if 0 in ready:
        more = os.read(0, 65536)
        if not more:
            sources.remove(0)
        asked += more
        while b'\\n' in asked:
            line, asked = asked.split(b'\\n', 1)
            deed = json.loads(line)
            if 'type' in deed:
                os.write(terminal, deed['type'].encode())
            else:
                os.kill(pid, getattr(signal, deed['signal']))
_, status = os.waitpid(pid, 0)
sys.exit(os.waitstatus_to_exitcode(status))
`

/** What a person does at a terminal: keys that are typed, or a signal that is sent. */
export type Deed = string | { readonly signal: NodeJS.Signals }

/** A terminal of its own and what runs there. */
interface Stage {
  readonly env?: Variables
  readonly command?: readonly string[]
  /** Lines and columns of the terminal. */
  readonly size?: readonly [number, number]
}

/**
 * What happens at a terminal: each deed once the text it belongs to has appeared after the text of the deed before. The same text twice is a
 * question that is asked twice.
 */
interface Scene extends Stage {
  readonly replies?: readonly (readonly [string, Deed])[]
}

/** Why there is no terminal to be had; undefined when there is. */
export const noTerminal: string | undefined =
  spawnSync('python3', ['-c', 'import pty']).status === 0 ? undefined : 'skipped: python3 makes the terminal'

if (noTerminal) process.stderr.write(`${noTerminal}\n`)

/** Runs the binary on a terminal of its own, which shows both of its streams as one text. `command` starts the binary in another way. */
export function runOnTerminal(
  desk: Desk,
  words: readonly string[],
  { replies = [], ...stage }: Scene = {},
): Promise<Run> {
  const left = [...replies]
  let from = 0
  return attendTerminal(desk, words, stage, (said) => {
    const open = withoutAnswered(said)
    const due: Deed[] = []
    for (let [next] = left; next; [next] = left) {
      const [text, deed] = next
      const place = open.indexOf(text, from)
      if (place === -1) break
      from = place + text.length
      left.shift()
      due.push(deed)
    }
    return due
  })
}

/**
 * A question is drawn once more when it is answered, with this mark in front, until the cursor is shown again. Nobody reads what is typed
 * before the next one is asked.
 */
const answered = /◇.*?(?:\[\?25h|$)/gs

/** What is said, with blanks where a question is drawn that has its answer. */
function withoutAnswered(said: string): string {
  return said.replace(answered, (drawn) => ' '.repeat(drawn.length))
}

/** The same for somebody who reads along: `react` is given all that has appeared so far whenever more does, and says what is done then. */
export function attendTerminal(
  desk: Desk,
  words: readonly string[],
  { env = {}, command = [process.execPath, binary], size = [40, 120] }: Stage,
  react: (said: string) => readonly Deed[],
): Promise<Run> {
  const child = spawn('python3', ['-c', PROGRAM], { stdio: ['pipe', 'pipe', 'pipe'] })
  const tell = (what: object) => child.stdin.writable && child.stdin.write(`${JSON.stringify(what)}\n`)
  // It may have ended before what was typed arrives.
  child.stdin.on('error', () => undefined)
  const variables = environment(desk, { TERM: 'xterm', ...env })
  tell({ argv: [...command, ...words], cwd: desk.work, env: variables, size })
  const ended = outcome(child)
  let said = ''
  child.stdout.on('data', (text: string) => {
    said += text
    for (const deed of react(said)) tell(typeof deed === 'string' ? { type: deed } : deed)
  })
  return ended
}

import { CommanderError } from 'commander'
import { commands } from '../commands/index.ts'
import { type Diagnostic, error, Refusal, sentence } from '../model/diagnostic.ts'
import { missingPrerequisite, type Prerequisite } from '../plan/prerequisite.ts'
import { failureJson } from '../report/plan/json.ts'
import { prerequisiteReport } from '../report/plan/prerequisite.ts'
import { stackText } from '../report/stack.ts'
import { reportDiagnostics } from '../session/diagnostics.ts'
import { guarded } from '../session/guarded.ts'
import type { Runtime } from '../session/runtime.ts'
import { version } from '../session/version.ts'
import { jsonText } from '../text/json.ts'
import { shown } from '../text/shown.ts'
import { program } from './program.ts'

/** Runs a command line and gives its exit code: 0 done, 1 any error, 2 `plan --check` with changes. */
export async function main(argv: readonly string[], ports: Omit<Runtime, 'passOn'>): Promise<number> {
  const runtime = { ...guarded(ports), command: argv }
  const sources = new Map<string, string>()
  let code = 0
  const { out, err } = runtime
  const parser = program(commands, argv, {
    ...{ out, err },
    act: async (command, line) => {
      code = await command.run(runtime, line, sources, commands)
    },
  })
  try {
    await parser.parseAsync([...argv], { from: 'user' })
    return code
  } catch (thrown) {
    // Help and version end this way too; commander has printed what there is to say.
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : misused(thrown, argv, runtime)
    await runtime.busy(() => fail(thrown, argv, runtime, sources))
    return 1
  }
}

function misused({ message }: CommanderError, argv: readonly string[], runtime: Runtime): number {
  failAsJson([error('usage', message.replace(/^error: /, ''))], argv, runtime)
  return 1
}

/** True for a command line that may have changed something of AWS or of this machine. */
export function mayChange([name]: readonly string[]): boolean {
  return commands.some((one) => one.name === name && one.streams)
}

function failAsJson(
  diagnostics: readonly Diagnostic[],
  argv: readonly string[],
  runtime: Runtime,
  missing?: Prerequisite,
): void {
  if (!wantsJson(argv)) return
  const failure = failureJson(diagnostics, version, missing)
  // What changes something is a stream of events, one a line; everything else is one document.
  runtime.out(
    commands.some(({ name, streams }) => name === argv[0] && streams)
      ? `${jsonText({ type: 'error', plan: failure })}\n`
      : `${jsonText(failure, 2)}\n`,
  )
}

async function fail(
  thrown: unknown,
  argv: readonly string[],
  runtime: Runtime,
  sources: ReadonlyMap<string, string>,
): Promise<void> {
  const diagnostics = thrown instanceof Refusal ? thrown.diagnostics : [defect(thrown)]
  const missing = thrown instanceof Refusal ? missingPrerequisite(thrown) : undefined
  failAsJson(diagnostics, argv, runtime, missing)
  if (missing && argv[0] === 'plan' && !wantsJson(argv)) runtime.out(await missingReport(missing, argv, runtime))
  reportDiagnostics(runtime, diagnostics, sources)
  if (thrown instanceof Refusal && thrown.summary) runtime.err(`${shown(thrown.summary)}\n`)
  if (!(thrown instanceof Refusal) && argv.includes('--verbose') && thrown instanceof Error)
    runtime.err(`${stackText(thrown)}\n`)
}

async function missingReport(missing: Prerequisite, argv: readonly string[], { terminal }: Runtime): Promise<string> {
  if (wants('html', argv)) return (await import('../report/plan/prerequisite-html.ts')).prerequisiteHtml(missing)
  const look = { color: terminal.color.out, width: terminal.width.out }
  return prerequisiteReport(missing, wants('markdown', argv) ? 'markdown' : 'text', look)
}

function defect(thrown: unknown): Diagnostic {
  return error('defect', `unexpected error: ${sentence(thrown)}`, {
    hint: 'this is a bug in sso-reconcile; run again with --verbose and report the output',
  })
}

// Even a command line that could not be parsed gets its failure in the form that was asked for.
function wantsJson(argv: readonly string[]): boolean {
  return wants('json', argv)
}

function wants(format: 'json' | 'markdown' | 'html', argv: readonly string[]): boolean {
  // What stands behind -- is the command of somebody else.
  const own = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv
  return own.some(
    (word, index) =>
      (format === 'json' && word === '--json') ||
      word === `--format=${format}` ||
      (word === format && own[index - 1] === '--format'),
  )
}

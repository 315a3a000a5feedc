import type { ApplyEvent } from '../apply/events.ts'
import { interruption, type Outcomes } from '../apply/progress.ts'
import type { Address } from '../model/address.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Facts } from '../model/facts.ts'
import type { Plan } from '../model/plan.ts'
import { isPortalPage } from '../model/portal.ts'
import type { FileChange } from '../plan/file-changes.ts'
import { turns } from '../plan/steps.ts'
import { block } from '../report/markdown.ts'
import { closingText, eventText, stoppedText } from '../report/plan/apply-text.ts'
import { diagnosticJson, planJson } from '../report/plan/json.ts'
import { commandFlags } from '../session/flags.ts'
import { loginCommands } from '../session/login-commands.ts'
import type { CommonOptions, Session } from '../session/runtime.ts'
import { version } from '../session/version.ts'
import { jsonText } from '../text/json.ts'
import { repeating } from '../text/repeat.ts'
import { type Running, running } from './running.ts'
import { showPlan } from './show-plan.ts'
import { loadingNow } from './startup-files.ts'

/** Shows an apply while it happens: lines for people, or one JSON event a line. */
export interface Progress {
  planned(plan: Plan, changes?: readonly FileChange[]): void
  event(event: ApplyEvent): void
  /** AWS has ended what was asked for; its event, which says how, comes later. */
  over(address: Address): void
  finished(plan: Plan, outcomes: Outcomes, ending: Ending): void
  /** What to say when it is stopped right now. */
  lastWords(): string
}

/** How an apply ended, besides its outcomes. */
interface Ending {
  readonly seconds: number
  /** False when a new look did not find everything as desired, or there was none. */
  readonly proven: boolean
  /** What the new look found not to be as desired, or why that could not be told. */
  readonly left: readonly Diagnostic[]
  readonly facts: Facts
}

const applyAgain = 'sso-reconcile plan shows what remains; it is safe to run apply again.'

/** The progress that the options ask for; `next` is what to do where not everything was done. */
export async function progressOf(session: Session, next = applyAgain): Promise<Progress> {
  const inFlight = new Set<Address>()
  const sameWords = (text: string) => repeating(text, commandFlags(session.options))
  const shown = session.options.format === 'json' ? jsonProgress(session) : await textProgress(session, sameWords(next))
  return {
    ...shown,
    event(event) {
      if (event.type === 'started') inFlight.add(event.address)
      else if (event.type !== 'file') inFlight.delete(event.address)
      shown.event(event)
    },
    lastWords: () => sameWords(stoppedText([...inFlight])),
  }
}

type Shown = Omit<Progress, 'lastWords'>

function jsonProgress({ runtime }: Session): Shown {
  const line = (event: object) => runtime.out(`${jsonText(event)}\n`)
  return {
    planned: (plan) => line({ type: 'plan', plan: planJson(plan, version) }),
    event: line,
    over: () => undefined,
    finished: (_plan, outcomes, { seconds, proven, left }) =>
      line({ type: 'finished', ...tally(outcomes), seconds, proven, diagnostics: left.map(diagnosticJson) }),
  }
}

async function textProgress(session: Session, next: string): Promise<Shown> {
  const { runtime, options } = session
  const color = runtime.terminal.color
  let flight: Running | undefined
  const status = options.quiet ? undefined : await runtime.terminal.statusLine()
  let edits: readonly FileChange[] = []
  let total = 0
  let ended = 0
  return {
    planned(plan, changes = []) {
      edits = changes
      total = turns(plan.operations).flatMap(({ operations }) => operations).length
      // What is asked about has to be seen; what was reviewed elsewhere need not be repeated.
      if (!options.quiet || plan.refusals.length > 0 || runtime.terminal.interactive)
        showPlan(plan, session, { changes, quietly: true })
    },
    event(event) {
      if (!options.quiet) flight ??= running(runtime, status, total)
      flight?.follow(event)
      // Thousands may be left out after Ctrl-C: how many there were is said at the end.
      if (event.type === 'started' || (event.type === 'skipped' && event.message === interruption)) return
      if (event.type !== 'file') ended += 1
      if (options.quiet && (event.type === 'done' || event.type === 'file')) return
      const line = `${eventText(event, { ended, total, color: color.err })}\n`
      if (flight) flight.print(line)
      else runtime.err(line)
    },
    over: (address) => flight?.over(address),
    finished(plan, outcomes, { seconds, proven, facts }) {
      flight?.stop()
      const isPage = options.format === 'markdown'
      const text = closingText(plan, outcomes, {
        seconds,
        proven,
        next,
        color: color.out && !isPage,
        width: runtime.terminal.width.out,
        login: (profile) => loginCommands(profile, options),
        preferred: preferredProfiles(session),
        load: loadingNow(plan, edits, outcomes, session),
        ...portalOf(options, facts),
      })
      runtime.out(isPage ? block(text) : text)
    },
  }
}

function preferredProfiles({ manifest }: Session): readonly string[] {
  const { shell, profiles = {} } = manifest.manifest.local ?? {}
  return [...(shell?.aws_profile ? [shell.aws_profile] : []), ...Object.keys(profiles)]
}

function portalOf({ sandbox }: CommonOptions, { startUrl, portal }: Facts) {
  const note = sandbox === undefined ? '' : ' (in the sandbox, which serves no such page)'
  const next = portal && 'why' in portal ? portal.next : undefined
  return {
    ...(startUrl && isPortalPage(startUrl) ? { portal: `${startUrl}${note}` } : {}),
    ...(next ? { comesNext: next } : {}),
    isLoggedIn: portal !== undefined && 'places' in portal,
  }
}

function tally(outcomes: Outcomes) {
  const count = (result: string) => [...outcomes.values()].filter((outcome) => outcome.result === result).length
  return { done: count('done'), failed: count('failed'), skipped: count('skipped') }
}

import { adoptions } from '../kinds/adoptions.ts'
import type { JsonObject } from '../model/json.ts'
import { shownIn } from '../text/shown.ts'

/** What `init` did, for its closing lines. */
export interface InitResult {
  readonly file: string
  readonly verb: 'adopted' | 'asked' | 'started' | 'completed' | 'unchanged'
  /** Why only a start could be made: it was asked for, nobody is logged in, or Identity Center is not ready. */
  readonly why?: 'local' | 'credentials' | 'prerequisite'
  /** The manifest that was written; absent when an existing one was completed. */
  readonly manifest?: JsonObject
  /** How many things the manifest leaves out and names at its end. */
  readonly left?: number
  /** True where profiles of the old form could move to a session, which the file shows as a comment. */
  readonly movable?: boolean
  /** Keys that were filled in. */
  readonly filled?: readonly string[]
  readonly backup?: string
  /** Flags that the next command needs, with a space in front of each. */
  readonly flags: string
}

/** The closing lines of `init`, ending with the next step; `between` stands before that. */
export function initText(told: InitResult, between: readonly string[] = []): string {
  const result = shownIn(told)
  const { file, backup, flags } = result
  const kept = backup ? [`The previous file is kept as ${backup}.`] : []
  const lines = [...headline(result), ...kept, ...between, ...rehearsed(result), ...next(result, file, flags)]
  return `${lines.join('\n')}\n`
}

// What a sandbox calls its portal and its accounts is nobody's, and the file may well be somebody's own.
function rehearsed({ file, verb, filled = [], flags }: InitResult): string[] {
  if (verb === 'unchanged' || !isTrial(flags)) return []
  const realFlags = `${verb === 'completed' ? '' : ' --force'}${flags.replace(/ --sandbox(?= |$)/, '')}`
  const again = `sso-reconcile init${realFlags}`
  const first = verb === 'completed' ? `take ${filled.join(', ')} out again, then run "${again}"` : `run "${again}"`
  return [`The portal and the accounts in ${file} are those of the sandbox; before you use AWS, ${first}.`]
}

function isTrial(flags: string): boolean {
  return /(?:^| )--sandbox(?: |$)/.test(flags)
}

function headline({ file, verb, manifest, left = 0, filled = [] }: InitResult): string[] {
  if (verb === 'unchanged')
    return [
      manifest
        ? `${file} already matches what was found; nothing was changed.`
        : `${file} is already complete; nothing was changed. (--force replaces it.)`,
    ]
  if (verb === 'completed') return [`Completed ${file}: ${filled.join(', ')}. Nothing else in it was changed.`]
  const counts = counted(manifest ?? {})
  const holds = counts.length > 0 ? `: ${counts.join(', ')}` : ''
  const rest = left > 0 ? [`${things(left)} left out; a comment in the file says which and why.`] : []
  return [`Wrote ${file}${holds}.`, ...rest]
}

function next({ verb, why, manifest = {}, movable }: InitResult, file: string, flags: string): string[] {
  if (verb === 'adopted') return [`Next: sso-reconcile plan${flags}   (nothing to change until you edit ${file})`]
  if (verb === 'completed') return [`Next: sso-reconcile plan${flags}`]
  if (verb === 'unchanged') return []
  if (verb === 'asked') return afterAnswers(why, flags)
  const laptop = `sso-reconcile plan --only local${flags}   (this machine, without credentials)`
  if (movable)
    return [
      `Next: to move your profiles to one session, uncomment local in ${file}, then:`,
      `  sso-reconcile plan --only local${flags}`,
    ]
  if (why === 'local')
    return [
      `Next: ${manifest.local ? laptop : `add profiles under local in ${file}, then: sso-reconcile plan --only local${flags}`}`,
    ]
  const also = manifest.local ? [`Works now: ${laptop}`] : []
  if (why === 'credentials')
    return [
      `Next: log in, then run "sso-reconcile init --force${flags}" to adopt what is in Identity Center; or edit ${file}.`,
      ...also,
    ]
  return [`Next: follow the hint above, then: sso-reconcile init${flags}   (completes ${file})`, ...also]
}

function afterAnswers(why: InitResult['why'], flags: string): string[] {
  const trial = isTrial(flags) ? [] : [`Try it without AWS first: sso-reconcile plan${flags} --sandbox`]
  if (why === 'credentials')
    return [
      'Next: log in to the management account, then plan:',
      '  aws login --profile bootstrap',
      `  AWS_PROFILE=bootstrap sso-reconcile plan${flags}`,
      ...trial,
    ]
  const first = why === undefined ? '' : '   (says what to enable first)'
  return [`Next: sso-reconcile plan${flags}${first}`, ...trial]
}

function counted(manifest: JsonObject): string[] {
  return adoptions.flatMap((adoption) => {
    const [count, one, several] = adoption.count(manifest)
    return count === 0 ? [] : [`${count} ${count === 1 ? one : several}`]
  })
}

function things(count: number): string {
  return count === 1 ? '1 item is' : `${count} items are`
}

import { type FlagsFor, repeating } from '../text/repeat.ts'
import { access } from './access.ts'
import { accessKeys } from './access-keys.ts'
import { caller } from './caller.ts'
import { checklist } from './checklist.ts'
import { cliVersion } from './cli-version.ts'
import { clocks } from './clocks.ts'
import { configFile } from './config-file.ts'
import { environment } from './environment.ts'
import type { Evidence } from './evidence.ts'
import type { Check, Finding, Level } from './finding.ts'
import { identities } from './identities.ts'
import { identitySource } from './identity-source.ts'
import { instance } from './instance.ts'
import { logins } from './logins.ts'
import { manifest } from './manifest.ts'
import { organization } from './organization.ts'
import { reach } from './reach.ts'
import { shells } from './shells.ts'
import { startUrl } from './start-url.ts'
import { time } from './time.ts'

/** Every check, in the order in which their fixes make sense. */
const checks: readonly Check[] = [
  manifest,
  cliVersion,
  time,
  caller,
  organization,
  instance,
  startUrl,
  identitySource,
  access,
  configFile,
  identities,
  environment,
  shells,
  accessKeys,
  logins,
  reach,
  clocks,
  checklist,
]

/** What one check found. */
export interface CheckResult {
  readonly name: string
  readonly title: string
  readonly findings: readonly Finding[]
}

/** A whole examination. */
export interface Examination {
  readonly sections: readonly CheckResult[]
  readonly count: Readonly<Record<Level, number>>
  /** What to see to first: a problem before a warning, and what others depend on before them. Absent when all is well. */
  readonly first?: Finding
}

/**
 * Runs every check. `flags` are repeated in commands of ours, so that they mean the same manifest and the same AWS; `place` in those that name a
 * profile of their own. Pure.
 */
export function examineAll(evidence: Evidence, flags: FlagsFor = '', place: FlagsFor = flags): Examination {
  const all = checks.map(({ name, title, examine }) => ({
    name,
    title,
    findings: examine(evidence).map((one) => withFlags(one, (text) => (namesProfile.test(text) ? place : flags))),
  }))
  const sections = all.filter(({ findings }) => findings.length > 0)
  const levels = sections.flatMap(({ findings }) => findings.map(({ level }) => level))
  const of = (level: Level) => levels.filter((one) => one === level).length
  const found = sections.flatMap(({ findings }) => findings)
  const warnings = found.filter(({ level }) => level === 'warning')
  const first =
    found.find(({ level }) => level === 'problem') ?? warnings.find(({ optional }) => !optional) ?? warnings[0]
  const count = { ok: of('ok'), warning: of('warning'), problem: of('problem') }
  return { sections, count, ...(first ? { first } : {}) }
}

const namesProfile = /\bAWS_PROFILE=|\bsso-reconcile login \S.* -- /

function withFlags(finding: Finding, flagsOf: (text: string) => FlagsFor): Finding {
  const { fix } = finding
  if (!fix) return finding
  const told = (text: string) => repeating(text, flagsOf(text))
  return { ...finding, fix: { text: told(fix.text), ...(fix.commands ? { commands: fix.commands.map(told) } : {}) } }
}

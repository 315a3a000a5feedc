import { actionGlob, type Decision, type Match, type Request } from '../policies/decide.ts'
import { extentOf, overlap, type Patterns } from '../policies/patterns.ts'

/** A statement that decides, and what it is limited to; a limit that does not matter for what is asked is absent. */
export interface Ground {
  /** `AdministratorAccess`, `/team/Deploy`, `inline policy`. */
  readonly policy: string
  /** Its Sid. */
  readonly statement?: string
  /** Which of the actions that are asked about, as `s3:get*`, or `all but s3:get*`. */
  readonly actions?: readonly string[]
  /** On which resources, as patterns of ARNs, or `all but` such a pattern. */
  readonly resources?: readonly string[]
  /** Condition keys that decide whether it applies. */
  readonly conditions?: readonly string[]
}

/** Through what something is decided. */
export interface Grounds {
  /** Statements that allow it; none where it is denied. */
  readonly through: readonly Ground[]
  /** Statements of the permissions boundary that let it through; none without one. */
  readonly within: readonly Ground[]
  /** Statements that deny it, or a part of it. */
  readonly denied_by: readonly Ground[]
}

/** What a decision rests on, without statements that change nothing about it. Pure. */
export function groundsOf({ verdict, allows, denies, within = [] }: Decision, request: Request): Grounds {
  const told = (matches: readonly Match[]) => distinct(matches.map((one) => groundOf(one, request)))
  if (verdict === 'denied') return { through: [], within: [], denied_by: told(decisive(denies)) }
  // What needs no permission is allowed whatever a statement denies.
  const denied_by = verdict === 'yes' ? [] : told(denies)
  return { through: told(decisive(allows)), within: told(decisive(within)), denied_by }
}

/** Those that are about all of it, where there are any: what a narrower statement says is then of no consequence. */
function decisive(matches: readonly Match[]): readonly Match[] {
  const whole = matches.filter(({ extent }) => extent === 'all')
  return whole.length > 0 ? whole : matches
}

function groundOf({ policy, rule }: Match, { action, resource = '*' }: Request): Ground {
  const { conditions, sid } = rule
  const actions = limits(rule.actions, actionGlob(action))
  const resources = limits(rule.resources, resource)
  return {
    policy,
    ...(sid ? { statement: sid } : {}),
    ...(actions ? { actions } : {}),
    ...(resources ? { resources } : {}),
    ...(conditions.length > 0 ? { conditions } : {}),
  }
}

/** What patterns name of what is asked; undefined where that is all of it. */
function limits({ except, patterns }: Patterns, asked: string): readonly string[] | undefined {
  if (extentOf({ except, patterns }, asked) === 'all') return undefined
  const concerned = patterns.filter(({ glob }) => overlap(glob, asked)).map(({ text }) => text)
  const named = [...new Set(concerned)]
  // One exception beside another reads as if it were taken back; of many, a list says how many there are.
  if (except && named.length <= 5) return named.length > 0 ? [`all but ${named.join(' and ')}`] : named
  return except ? named.map((text) => `all but ${text}`) : named
}

function distinct(grounds: readonly Ground[]): readonly Ground[] {
  return [...new Map(grounds.map((one) => [JSON.stringify(one), one])).values()]
}

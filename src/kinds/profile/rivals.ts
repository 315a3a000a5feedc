import type { SectionSpec } from '../../model/specs.ts'

/**
 * Keys of a section that make it somebody else for some tool, whatever else stands in it: a role, a program, a console login. Access keys are not
 * among them: they are somebody's only way in until a login works, and are retired one by one.
 */
export const rivalKeys = [
  'role_arn',
  'source_profile',
  'credential_source',
  'web_identity_token_file',
  'credential_process',
  'login_session',
] as const

/** Clears all of them. */
export const withoutRivals: SectionSpec = Object.fromEntries(rivalKeys.map((key) => [key, '']))

/** Those that a section holds before a change and not after it. */
export function rivalsGone(before: SectionSpec | undefined, after: SectionSpec | undefined): readonly string[] {
  return rivalKeys.filter((key) => before?.[key] !== undefined && after?.[key] === undefined)
}

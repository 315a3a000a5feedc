import type { Evidence } from './evidence.ts'

/** The command that writes the local half: alone where the manifest knows enough to do without AWS. */
export function writing({ manifest }: Evidence): string {
  const offline = manifest === undefined || manifest.manifest.identity_center.start_url !== undefined
  return offline ? 'sso-reconcile apply --only local' : 'sso-reconcile apply'
}

/** The profile to suggest in commands: what the shell should use, else the first one of the manifest. */
export function usualProfile({ manifest }: Evidence): string | undefined {
  const { shell, profiles = {} } = manifest?.manifest.local ?? {}
  return shell?.aws_profile ?? Object.keys(profiles)[0]
}

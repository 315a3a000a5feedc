import { type Check, type Finding, ok, problem, warn } from './finding.ts'

/** The manifest can be read and passes every offline check. */
export const manifest: Check = {
  name: 'manifest',
  title: 'Manifest',
  examine({ file, manifest, refused, incomplete = [], cloud, local }) {
    if (!manifest) {
      const [first, ...more] = refused
      if (first?.code === 'file-missing')
        return [
          problem('manifest-missing', `there is no ${file}`, { text: 'write one', commands: ['sso-reconcile init'] }),
        ]
      const place = first?.at ? `${first.at.file}:${first.at.line}:${first.at.column}: ` : ''
      const rest = more.length === 0 ? '' : ` (and ${more.length} more)`
      return [
        problem('manifest-invalid', `${place}${first?.message ?? 'the manifest cannot be read'}${rest}`, {
          text: 'see every error with its line',
          commands: ['sso-reconcile validate'],
        }),
      ]
    }
    const asked = cloud || !local ? '' : ' (only this machine was checked)'
    const warnings = manifest.warnings.map(({ code, message, hint = 'see sso-reconcile validate' }) =>
      warn(code, message, hint),
    )
    return [ok('manifest-valid', `${file} is valid${asked}`), ...warnings, ...lacking(file, incomplete)]
  },
}

// Nothing of this machine waits for it.
function lacking(file: string, keys: readonly string[]): readonly Finding[] {
  if (keys.length === 0) return []
  const message = `${file} is not complete for a new laptop, which has no credentials: it lacks ${keys.join(', ')}`
  const fix = {
    text: 'run this on a machine that is logged in (it adds them) and commit; then pull on the laptop',
    commands: ['sso-reconcile init'],
  }
  return [{ ...warn('manifest-incomplete', message, fix), optional: true }]
}

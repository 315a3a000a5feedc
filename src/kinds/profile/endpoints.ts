import { parseConfig } from '../../local/aws-config/document.ts'
import { flatValues } from '../../local/aws-config/nested.ts'
import { botocoreSettings } from '../../local/identity/botocore-settings.ts'
import type { Sources } from '../../local/identity/settings.ts'
import { type Address, nameOf } from '../../model/address.ts'
import { type Diagnostic, type Position, warning } from '../../model/diagnostic.ts'
import type { Entry } from '../../model/state.ts'

/** An address that is asked instead of AWS, what says so, and where. */
interface Endpoint {
  readonly url: string
  readonly key: string
  readonly at: Position
}

/**
 * Desired profiles whose login is asked of another address than AWS: who one is there, a stand-in for AWS on this machine says. Nothing is said of
 * what the manifest asks for itself, and of AWS's own addresses. Pure.
 */
export function otherEndpoints(
  desired: readonly (readonly [Address, Entry<'profile'>])[],
  sources: Sources,
): readonly Diagnostic[] {
  const { profiles, unreadable } = botocoreSettings(sources)
  if (unreadable) return []
  return desired.flatMap(([at, { spec }]) => {
    const own = profiles.get(nameOf(at))
    if (!own || own.get('ignore_configured_endpoint_urls')?.value.toLowerCase() === 'true') return []
    const [plain, services] = [own.get('endpoint_url'), own.get('services')]
    const found = [
      ...(plain && !spec.endpoint_url ? [{ url: plain.value, key: 'endpoint_url', at: plain.at }] : []),
      ...(services && !spec.services ? ofServices(services.value, sources) : []),
    ].filter(({ url }) => url !== '' && !isOfAws(url))
    return found.slice(0, 1).map((one) => told(at, one))
  })
}

/** Services that decide who one is. */
const deciding = ['sso', 'sso_oidc', 'sts']

function ofServices(name: string, { config }: Sources): readonly Endpoint[] {
  const document = parseConfig(config.text ?? '', config.file)
  const section = document.index.get(`services/${name}`)?.at(-1)
  if (!section) return []
  const values = flatValues(document.lines, section)
  return deciding.flatMap((service) => {
    const url = values.get(`${service}.endpoint_url`)
    return url === undefined ? [] : [{ url, key: `endpoint_url of ${service} in [${section.header}]`, at: section.at }]
  })
}

function isOfAws(url: string): boolean {
  return /^https:\/\/(?:[\w.-]+\.)?(?:amazonaws\.com|amazonaws\.com\.cn|api\.aws|aws\.amazon\.com)(?::\d+)?(?:\/|$)/i.test(
    url,
  )
}

function told(at: Address, { url, key, at: place }: Endpoint): Diagnostic {
  return warning(
    'profile-endpoint',
    `profile ${nameOf(at)} asks ${url} instead of AWS who it is, as ${key} says; nothing there is known to be this Identity Center`,
    {
      hint: 'delete that line if AWS itself is meant; if not, ask for it under settings of the profile in the manifest',
      unmet: at,
      at: place,
    },
  )
}

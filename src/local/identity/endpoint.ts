import type { Position } from '../../model/diagnostic.ts'
import { parseConfig } from '../aws-config/document.ts'
import { flatValues } from '../aws-config/nested.ts'
import { botocoreSettings } from './botocore-settings.ts'
import type { Setting, Sources } from './settings.ts'

/** An address that a profile asks instead of AWS, and where that is said. */
export interface OtherEndpoint {
  readonly url: string
  /** The key of the profile that leads there. */
  readonly key: 'endpoint_url' | 'services'
  readonly at: Position
}

/** Services that say who one is. */
const deciding = ['sso', 'sso_oidc', 'sts']

/**
 * Tells which address other than AWS's a profile asks who it is: a stand-in for AWS on this machine, or a store of another provider. The files are
 * read once for all that is asked. Pure. Source: SDK reference guide, "Service-specific endpoints".
 */
export function endpointsOn(sources: Sources): (profile: string) => OtherEndpoint | undefined {
  const { profiles, unreadable } = botocoreSettings(sources)
  if (unreadable) return () => undefined
  const { lines, index } = parseConfig(sources.config.text ?? '', sources.config.path)
  const ofServices = ({ value }: Setting): readonly OtherEndpoint[] => {
    const section = index.get(`services/${value}`)?.at(-1)
    const values = section && flatValues(lines, section)
    return deciding.flatMap((service) => {
      const url = values?.get(`${service}.endpoint_url`)
      return section && url !== undefined ? [{ url, key: 'services' as const, at: section.at }] : []
    })
  }
  return (profile) => {
    const own = profiles.get(profile)
    if (own?.get('ignore_configured_endpoint_urls')?.value.toLowerCase() === 'true') return undefined
    const [plain, services] = [own?.get('endpoint_url'), own?.get('services')]
    const found: readonly OtherEndpoint[] = [
      ...(plain ? [{ url: plain.value, key: 'endpoint_url' as const, at: plain.at }] : []),
      ...(services ? ofServices(services) : []),
    ]
    return found.find(({ url }) => url !== '' && !isOfAws(url))
  }
}

function isOfAws(url: string): boolean {
  return /^https:\/\/(?:[\w.-]+\.)?(?:amazonaws\.com|amazonaws\.com\.cn|api\.aws)(?::\d+)?(?:\/|$)/i.test(url)
}

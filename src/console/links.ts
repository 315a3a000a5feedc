import { error, Refusal } from '../model/diagnostic.ts'
import { exampleStartUrl, isPortalPage } from '../model/portal.ts'
import { destinationTrouble, portalLink, roleOf, switchLink } from './link.ts'
import type { Link, Target } from './target.ts'

/** The links that lead to the console as a profile. */
export interface ConsoleLinks {
  readonly profile: string
  /** The profile that signs in: the same one, unless a role is taken. */
  readonly signIn: { readonly profile: string; readonly account: string; readonly role: string; readonly url: string }
  /** The role that is taken then. */
  readonly role?: {
    readonly arn: string
    /** The page that takes it; absent where the console cannot. */
    readonly url?: string
    /** Why the console may not be able to. */
    readonly obstacles: readonly string[]
  }
}

/** The links that lead to the console as a profile. Throws a Refusal where the portal has no page, or the destination is elsewhere. Pure. */
export function linksOf(profile: string, target: Target, destination?: string): ConsoleLinks {
  const { startUrl, region, account, role, name, chain } = target
  if (!isPortalPage(startUrl)) throw new Refusal(noPage(startUrl, region))
  const trouble = destination === undefined ? undefined : destinationTrouble(destination, startUrl, region)
  if (trouble) throw new Refusal(elsewhere(destination ?? '', trouble))
  const own = chain.at(-1)
  const url = portalLink(startUrl, { account, role }, own ? undefined : destination)
  return { profile, signIn: { profile: name, account, role, url }, ...(own ? { role: roleLink(own, chain) } : {}) }
}

function roleLink({ profile, roleArn, externalId }: Link, chain: readonly Link[]) {
  const url = switchLink(roleArn, profile)
  const obstacles = [
    // Source: IAM user guide, "Granting a user permissions to switch roles".
    ...(externalId ? ['the role requires an external id, which the console cannot send'] : []),
    // Source: IAM user guide, "Switching to a role (console)".
    ...(chain.length > 1
      ? ['the console switches roles as the user you signed in with, not through another role']
      : []),
    ...(url ? [] : [`the page that switches roles in partition ${roleOf(roleArn).partition} is not known`]),
  ]
  return { arn: roleArn, obstacles, ...(url ? { url } : {}) }
}

function noPage(startUrl: string, region: string) {
  return error('portal-without-page', `${startUrl} is for programs to sign in with, not a page to open`, {
    hint: `write the address of your access portal as start_url, which looks like ${exampleStartUrl(region)}`,
  })
}

function elsewhere(destination: string, trouble: string) {
  return error('usage', `--destination: ${destination} ${trouble}`, {
    hint: 'copy the address of a console page from the browser, and put it in quotes',
  })
}

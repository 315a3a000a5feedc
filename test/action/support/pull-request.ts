import { beforeAll, beforeEach } from 'vitest'
import { type Cloud, newCloud } from '../../scenarios/cloud/support/cloud.ts'
import { manifestText } from '../../scenarios/cloud/support/office.ts'
import { type Desk, newDesk } from '../../scenarios/e2e/support/desk.ts'
import { type Held, newGitHub } from './github.ts'
import type { Occasion } from './step.ts'

/** Number of the pull request. */
export const pull = 7

/** What its manifest declares. */
export const sections = {
  groups: { Staff: { description: 'Everybody' } },
  permission_sets: { Look: { managed_policies: ['ReadOnlyAccess'] } },
}

/** One Identity Center for a file of tests, and for each test a host of pull requests and a checkout of its own. */
export function pullRequest() {
  let cloud: Cloud
  let github: { readonly url: string; readonly held: Held }
  let desk: Desk
  beforeAll(async () => {
    cloud = await newCloud()
  })
  beforeEach(async () => {
    github = await newGitHub()
    desk = newDesk(cloud.url, manifestText(sections))
  })
  return {
    desk: () => desk,
    api: () => github.url,
    held: () => github.held,
    comments: () => github.held.comments.get(pull) ?? [],
    request: (more: Partial<Occasion> = {}): Occasion => {
      const payload = { pull_request: { number: pull, head: { sha: 'feed0123456789abcdef' } } }
      return { desk, api: github.url, event: 'pull_request', payload, ...more }
    },
  }
}

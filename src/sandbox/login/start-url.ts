import { partitionOf } from '../partition.ts'
import type { LoginContext } from './context.ts'

/** What start URLs are made of: the ids of the instance and its identity store, and the Region. */
interface Parts {
  readonly instance: string
  readonly store: string
  readonly region: string
}

const forms: Readonly<Record<string, (parts: Parts) => readonly string[]>> = {
  aws: ({ instance, store, region }) => [
    `https://${store}.awsapps.com/start`,
    `https://identitycenter.amazonaws.com/${instance}`,
    `https://${instance}.portal.${region}.app.aws`,
    `https://${instance}.${region}.portal.amazonaws.com`,
  ],
  'aws-cn': ({ instance, store, region }) => [
    `https://start.home.awsapps.cn/directory/${store}`,
    `https://identitycenter.amazonaws.com.cn/${instance}`,
    `https://${instance}.${region}.portal.amazonaws.com.cn`,
  ],
  'aws-us-gov': ({ instance, store, region }) => [
    `https://start.us-gov-home.awsapps.com/directory/${store}`,
    `https://start.${region}.us-gov-home.awsapps.com/directory/${store}`,
    `https://identitycenter.us-gov.amazonaws.com/${instance}`,
  ],
  'aws-eusc': ({ instance, region }) => [
    `https://identitycenter.amazonaws.eu/${instance}`,
    `https://${instance}.${region}.portal.amazonaws.eu`,
  ],
}

/** True for URLs that lead to the portal of this sandbox: those AWS accepts in the partition, its own `/start`, and the one that it stands in for. */
export function isStartUrl({ state, own, portal }: LoginContext, url: string): boolean {
  const given = bare(url)
  if (given === `${own}/start` || (portal !== undefined && given === bare(portal))) return true
  return [...state.rows('instances').values()].some(({ arn, identityStoreId: store, region }) => {
    const instance = arn.slice(arn.lastIndexOf('/') + 1)
    return forms[partitionOf(state)]?.({ instance, store, region }).includes(given)
  })
}

function bare(url: string): string {
  return url.replace(/\/?(#\/?)?$/, '')
}

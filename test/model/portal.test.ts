import { describe, expect, it } from 'vitest'
import { consoleIn, consoleOf, partitionOf } from '../../src/model/partition.ts'
import { defaultStartUrl, plainUrl, signInRegion, startUrls } from '../../src/model/portal.ts'

const id = 'ssoins-1234567890abcdef'
const directory = 'd-1234567890'
const uuid = '12345678-1234-1234-1234-123456789012'

/** Each partition: what is written, and other addresses that people have in their configuration. */
const partitions = [
  {
    region: 'eu-west-1',
    partition: 'aws',
    console: 'https://console.aws.amazon.com/singlesignon',
    written: `https://${directory}.awsapps.com/start`,
    issuer: `https://identitycenter.amazonaws.com/${id}`,
    others: [`https://${id}.portal.eu-west-1.app.aws`, `https://${id}.eu-west-1.portal.amazonaws.com`],
  },
  {
    // aws-cli issue 7649, leapp issue 239 and aws-sso-cli issue 1285 have the first two; the GovCloud guide the rest.
    region: 'us-gov-west-1',
    partition: 'aws-us-gov',
    console: 'https://console.amazonaws-us-gov.com/singlesignon',
    written: `https://start.us-gov-home.awsapps.com/directory/${directory}`,
    issuer: `https://identitycenter.us-gov.amazonaws.com/${id}`,
    others: [
      `https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/${directory}#/`,
      `https://${id}.portal.us-gov-west-1.app.aws`,
      `https://${id}.us-gov-west-1.portal.amazonaws.com`,
    ],
  },
  {
    // AWS_SSO_Containers issue 23.
    region: 'cn-north-1',
    partition: 'aws-cn',
    console: 'https://console.amazonaws.cn/singlesignon',
    written: `https://start.home.awsapps.cn/directory/${directory}`,
    issuer: `https://identitycenter.amazonaws.com.cn/${id}`,
    others: [
      `https://start.cn-north-1.home.awsapps.cn/directory/${directory}#/`,
      `https://${id}.portal.cn-north-1.app.amazonwebservices.com.cn`,
      `https://${id}.cn-north-1.portal.amazonaws.com.cn`,
    ],
  },
  {
    // aws-cli pull request 10493 and granted discussion 948 have the issuer.
    region: 'eusc-de-east-1',
    partition: 'aws-eusc',
    console: 'https://console.amazonaws-eusc.eu/singlesignon',
    written: `https://identitycenter.amazonaws.eu/${id}`,
    issuer: `https://identitycenter.amazonaws.eu/${id}`,
    others: [
      `https://${id}.portal.eusc-de-east-1.api.amazonwebservices.eu`,
      `https://${id}.eusc-de-east-1.portal.amazonaws.eu`,
    ],
  },
] as const

for (const { region, partition, console, written, issuer, others } of partitions)
  describe(`in the partition ${partition}`, () => {
    const parts = { instance: `arn:${partition}:sso:::instance/${id}`, store: directory, region }

    it('a Region tells it, and where the console is', () => {
      expect(partitionOf(region)).toBe(partition)
      expect(consoleOf(region)).toBe(console)
      expect(consoleIn(region)).toBe(console.replace('https://', `https://${region}.`))
    })

    it('writes the default start URL, and the issuer where the identity store has no name for one', () => {
      expect(defaultStartUrl(parts)).toBe(written)
      expect(defaultStartUrl({ ...parts, store: uuid })).toBe(issuer)
    })

    it('knows every address of the portal, and none of another instance or partition', () => {
      const known = startUrls(parts)
      for (const url of [written, issuer, ...others, `${written}/`, `${written}#/`])
        expect(known).toContain(plainUrl(url))
      const strangers = partitions
        .filter((one) => one.partition !== partition)
        .flatMap((one) => [one.written, ...one.others])
      expect(strangers.map(plainUrl).filter((url) => known.includes(url))).toEqual([])
      expect(
        startUrls({ ...parts, instance: 'ssoins-other', store: 'd-other' }).filter((url) => known.includes(url)),
      ).toEqual([])
    })
  })

it('an instance has a portal in each of its Regions', () => {
  const known = startUrls({ instance: id, store: directory, region: 'eu-west-1', regions: ['eu-west-1', 'us-west-2'] })
  expect(known).toContain(`https://${id}.us-west-2.portal.amazonaws.com`)
  expect(known).toContain(`https://${id}.portal.eu-west-1.app.aws`)
  expect(new Set(known).size).toBe(known.length)
})

it.each([
  ['https://d-1.awsapps.com/start', 'eu-west-1'],
  ['https://corp.awsapps.com/start#/', 'eu-west-1'],
  [`https://identitycenter.amazonaws.com/${id}`, 'eu-west-1'],
  [`https://${id}.us-west-2.portal.amazonaws.com`, 'us-west-2'],
  [`https://${id}.us-west-2.portal.amazonaws.com/start/#/`, 'us-west-2'],
  [`HTTPS://${id.toUpperCase()}.PORTAL.US-WEST-2.APP.AWS`, 'us-west-2'],
  [`https://${id}.portal.cn-northwest-1.app.amazonwebservices.com.cn`, 'cn-northwest-1'],
  [`https://${id}.eusc-de-east-1.portal.amazonaws.eu`, 'eusc-de-east-1'],
  ['https://start.us-gov-east-1.us-gov-home.awsapps.com/directory/d-1', 'us-gov-east-1'],
  ['https://start.cn-north-1.home.awsapps.cn/directory/d-1#/', 'cn-north-1'],
  ['https://start.us-gov-home.awsapps.com/directory/d-1', 'eu-west-1'],
  ['https://start.home.awsapps.cn/directory/d-1', 'eu-west-1'],
  ['https://sso.example.com/us-west-2.portal.amazonaws.com', 'eu-west-1'],
])('%s signs in through %s', (url, region) => {
  expect(signInRegion(url, 'eu-west-1')).toBe(region)
})

it('without a start URL, people sign in through the Region of the instance', () => {
  expect(signInRegion(undefined, 'eu-west-1')).toBe('eu-west-1')
})

it('a start URL is the same with the endings that browsers add, and a host in upper case', () => {
  const url = 'https://d-1.awsapps.com/start'
  for (const ending of ['', '/', '#', '#/', '/#/', '/#', '/#/?tab=accounts']) expect(plainUrl(url + ending)).toBe(url)
  expect(plainUrl('https://D-1.AWSApps.com/start')).toBe(url)
  expect(plainUrl('https://d-1.awsapps.com/start/x')).not.toBe(url)
  // Aliases in a path are names that somebody chose.
  expect(plainUrl('https://start.us-gov-home.awsapps.com/directory/Corp')).toMatch(/Corp$/)
})

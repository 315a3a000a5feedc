import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { whoOn } from '../../../src/local/identity/who.ts'
import { removedAtEnd } from '../../support/at-end.ts'
import { isFull } from '../../support/effort.ts'
import { startCloud } from './support/cloud.ts'
import { loginsIn } from './support/home.ts'
import { askBotocore, askSdk, botocoreMissing, type Situation, told } from './support/judges.ts'
import { mixtures } from './support/mixtures.ts'
import { type Row, rows } from './support/rows.ts'

interface Judged {
  readonly name: string
  readonly row: Row
  readonly botocore: string | undefined
  readonly sdk: string
}

const all: readonly (readonly [string, Row])[] = [...Object.entries(rows), ...mixtures(isFull ? 2000 : 100)]
const home = removedAtEnd(mkdtempSync(join(tmpdir(), 'identity-')))
let judged: ReadonlyMap<string, Judged>

beforeAll(async () => {
  const cloud = await startCloud()
  loginsIn(home)
  const situations = all.map(([, row], index) => situationOf(row, index, cloud.url))
  const [botocore, sdk] = await Promise.all([
    botocoreMissing ? undefined : askBotocore(home, situations),
    askSdk(home, situations),
  ])
  const words = (answer: string) => (answer.startsWith('nobody') ? 'nobody' : cloud.who(answer))
  judged = new Map(
    all.map(([name, row], n) => [
      name,
      { name, row, botocore: botocore && words(botocore[n] ?? ''), sdk: words(sdk[n] ?? '') },
    ]),
  )
}, 900_000)

describe('who a program is', () => {
  it.skipIf(botocoreMissing)('is told of botocore, row by row, as botocore itself says', () => {
    expect(differences('botocore')).toEqual([])
  })

  it('is told of the SDK for JavaScript, row by row, as the SDK itself says', () => {
    expect(differences('sdk')).toEqual([])
  })

  it('has a table of more than sixty rows', () => {
    expect(Object.keys(rows).length).toBeGreaterThanOrEqual(60)
  })
})

function differences(judge: 'botocore' | 'sdk'): string[] {
  return [...judged.values()].flatMap((one) => {
    const model = told(whoOn(sourcesOf(one.row))(judge === 'botocore' ? 'aws-cli' : 'js-sdk', choiceOf(one.row)))
    return model === one[judge] ? [] : [`${one.name}: the model says ${model}, ${judge} ${one[judge]}`]
  })
}

function sourcesOf({ config, credentials }: Row) {
  return { config: { path: 'config', text: config }, credentials: { path: 'credentials', text: credentials } }
}

function choiceOf({ profile, env = {} }: Row) {
  return { env, ...(profile === undefined ? {} : { profile }) }
}

function situationOf(
  { config = '', credentials = '', env = {}, profile }: Row,
  index: number,
  cloud: string,
): Situation {
  const real = (text: string) => text.replaceAll('@HOME@', home).replaceAll('@CLOUD@', cloud)
  const file = (name: string, text: string) => {
    const path = join(home, `${name}-${index}`)
    writeFileSync(path, real(text))
    return path
  }
  return {
    config: file('config', config),
    credentials: file('credentials', credentials),
    env: {
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL: cloud,
      AWS_EC2_METADATA_SERVICE_ENDPOINT: cloud,
      ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, real(value)])),
    },
    ...(profile === undefined ? {} : { profile }),
  }
}

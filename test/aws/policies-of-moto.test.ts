import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { awsClock } from '../../src/aws/clock.ts'
import { connect } from '../../src/aws/connect.ts'
import { findPolicy, readPolicyDocument } from '../../src/aws/policy-documents.ts'
import { openReader } from '../../src/aws/reader.ts'
import { realClock } from '../support/real-clock.ts'

const account = '111122223333'
const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:List*', Resource: '*' }] }

/** An IAM that somebody else wrote, with one policy whose second version counts. */
const SERVER = `
import os, sys, json
os.environ['MOTO_ACCOUNT_ID'] = '${account}'
os.environ['MOTO_IAM_LOAD_MANAGED_POLICIES'] = 'true'
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer(port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
import boto3
iam = boto3.client('iam', endpoint_url='http://127.0.0.1:%d' % port, region_name='us-east-1',
    aws_access_key_id='a', aws_secret_access_key='b')
first = dict(Version='2012-10-17', Statement=[dict(Effect='Deny', Action='*', Resource='*')])
arn = iam.create_policy(PolicyName='Readers', Path='/team/', PolicyDocument=json.dumps(first))['Policy']['Arn']
iam.create_policy_version(PolicyArn=arn, PolicyDocument='''${JSON.stringify(document)}''', SetAsDefault=True)
print(port, flush=True)
sys.stdin.read()
server.stop()
`

const probe = spawnSync('python3', ['-c', 'import moto.server, boto3, moto.iam'])
const reason = probe.status === 0 ? undefined : 'skipped: python3 with moto (server, iam) and boto3 is not installed'
if (reason) process.stderr.write(`${reason}\n`)

describe.skipIf(reason)('an IAM that somebody else wrote (moto)', () => {
  const child = reason
    ? undefined
    : spawn('python3', ['-W', 'ignore', '-c', SERVER], { stdio: ['pipe', 'pipe', 'ignore'] })
  let url = ''
  beforeAll(async () => {
    if (!child?.stdout) return
    for await (const line of createInterface(child.stdout)) {
      url = `http://127.0.0.1:${line}`
      break
    }
  }, 60_000)
  afterAll(() => child?.stdin?.end())

  const look = () => {
    const sandbox = { url, accessKeyId: 'a', secretAccessKey: 'b' }
    return openReader(connect({ region: 'us-east-1', sandbox, retry: {}, clock: awsClock(realClock) }))
  }

  it('gives the document of the version that counts', async () => {
    const own = `arn:aws:iam::${account}:policy/team/Readers`
    expect(await findPolicy(look(), own)).toEqual({ version: 'v2' })
    expect(await readPolicyDocument(look(), own)).toEqual({ document })
  })

  it('gives the document of a policy of AWS', async () => {
    expect(await readPolicyDocument(look(), 'arn:aws:iam::aws:policy/AdministratorAccess')).toMatchObject({
      document: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
    })
  })

  it.each(['arn:aws:iam::aws:policy/AdministratorAcess', `arn:aws:iam::${account}:policy/Readers`])(
    'says that %s is missing',
    async (arn) => {
      expect(await readPolicyDocument(look(), arn)).toEqual({ missing: true })
    },
  )
})

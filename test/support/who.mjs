// Says who the SDK for JavaScript is here, by the ARN that STS tells.
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'

const { Arn } = await new STSClient({ region: 'ap-northeast-1' }).send(new GetCallerIdentityCommand({}))
process.stdout.write(`${Arn}\n`)

"""Asks botocore who a profile is, as any tool made with it does. With `renew` the access token has to be renewed first."""
import json
import sys

import botocore.session

profile, endpoint = sys.argv[1], sys.argv[2]
session = botocore.session.Session(profile=profile)
caller = session.create_client("sts", endpoint_url=endpoint).get_caller_identity()
print(json.dumps({"arn": caller["Arn"]}))

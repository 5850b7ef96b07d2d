"""ClickHouse's engine in this process: a JSON request a line on stdin, a JSON answer a line on stdout."""

import json
import sys

from chdb import session

engine = session.Session()
for line in sys.stdin:
    try:
        answer = {"rows": str(engine.query(json.loads(line)["sql"], "JSONEachRow"))}
    except Exception as error:
        answer = {"error": str(error)}
    print(json.dumps(answer), flush=True)

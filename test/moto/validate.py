"""Checks requests against the service models that AWS wrote for botocore.

Reads JSON lines {"service", "operation", "input" or "output"}; writes one line for each problem. botocore by
itself does not look at enumerations, patterns and upper limits; this does.
"""

import json
import re
import sys

import botocore.session
from botocore.validate import ParamValidator


def fits(pattern, text):
    try:
        return re.fullmatch(pattern, text) is not None
    except re.error:  # Java's own syntax
        return True


class StrictValidator(ParamValidator):
    VALIDATED_METADATA_ATTRS = ParamValidator.VALIDATED_METADATA_ATTRS | {"enum", "pattern", "max"}

    def __init__(self):
        self.problems = []

    def check(self, params, shape):
        report = self.validate(params, shape)
        return [*report.generate_report().splitlines(), *self.problems]

    def _too_many(self, value, shape, name):
        most = shape.metadata.get("max")
        if most is not None and len(value) > most:
            self.problems.append(f"{name}: {len(value)} is more than {most}")

    def _validate_list(self, param, shape, errors, name):
        super()._validate_list(param, shape, errors, name)
        self._too_many(param, shape, name)

    def _validate_string(self, param, shape, errors, name):
        super()._validate_string(param, shape, errors, name)
        if not isinstance(param, str):
            return
        self._too_many(param, shape, name)
        enum = shape.metadata.get("enum")
        if enum and param not in enum:
            self.problems.append(f"{name}: {param!r} is none of {enum}")
        pattern = re.sub(r"\\p\{[LN]\}", r"\\w", shape.metadata.get("pattern", ""))
        pattern = pattern.replace(r"\p{Z}", " ")
        if pattern and not fits(pattern, param):
            self.problems.append(f"{name}: {param!r} does not match {pattern}")


# The SDK's and IAM's name, and botocore's.
NAMES = {"access-analyzer": "accessanalyzer", "elasticloadbalancing": "elbv2"}


def main():
    session = botocore.session.get_session()
    models = {}
    for line in sys.stdin:
        request = json.loads(line)
        service, operation = request["service"], request["operation"]
        if service not in models:
            models[service] = session.get_service_model(NAMES.get(service, service))
        model = models[service].operation_model(operation)
        way = "input" if "input" in request else "output"
        shape = model.input_shape if way == "input" else model.output_shape
        if shape is None:
            if request[way]:
                print(f"{service}:{operation} takes no {way}")
            continue
        for problem in StrictValidator().check(request[way], shape):
            print(f"{service}:{operation} {problem}")


main()

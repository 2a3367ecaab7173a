def assert_problem(answer, status, code="", fields=()):
    """The answer is a problem document of that status; returns it."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["type"] == (f"urn:passerelle:problem:{code}" if code else "about:blank")
    assert problem["title"]
    assert problem["detail"]
    assert set(problem.get("errors", {})) == set(fields)
    return problem


def without_its_number(answer) -> bytes:
    """All that two answers could differ by, but the number of each request."""
    number = answer.headers["X-Request-ID"].encode()
    assert number in answer.content
    return answer.content.replace(number, b"")

"""What is looked at again and again. Rows of the database say what there is to do; missing a beat does no harm."""

from celery.schedules import crontab

SCHEDULE = {
    # Finds what was rung in vain (dead broker, killed worker). Expires: no pile-up without a worker.
    "sweep": {"task": "evaluations.tasks.sweep_reports", "schedule": 5, "options": {"expires": 5}},
    "exports": {"task": "exchange.exports.tasks.sweep_exports", "schedule": 5, "options": {"expires": 5}},
    "imports": {"task": "youths.imports.tasks.sweep_imports", "schedule": 5, "options": {"expires": 5}},
    "files": {"task": "exchange.documents.tasks.sweep_files", "schedule": crontab(hour="3", minute="30")},
    "deliveries": {"task": "exchange.deliveries.tasks.send", "schedule": 5, "options": {"expires": 5}},
    "rounds": {
        "task": "exchange.deliveries.rounds.make_rounds",
        "schedule": 300,
        "options": {"expires": 300},
    },
    "sign_ins": {"task": "accounts.tasks.forget_sign_ins", "schedule": 600, "options": {"expires": 600}},
}

from evaluations.models.evaluation import Evaluation
from evaluations.models.report import Report

__all__ = ["Evaluation", "Report"]

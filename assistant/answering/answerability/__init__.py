"""Whether what was found answers: sentence features, reranking, the calibrated judgement."""

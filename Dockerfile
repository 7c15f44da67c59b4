# The service's own image: one server process, no root, nothing written outside its volumes.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 STATIC_ROOT=/srv/static KEY_DIRECTORY=/var/lib/kuulolla/keys

# A named volume takes over owner and mode of the folder it covers: keys are readable by the service alone.
RUN useradd --system --no-create-home kuulolla \
 && install -d -m 0700 -o kuulolla -g kuulolla /var/lib/kuulolla /var/lib/kuulolla/keys \
 && install -d /srv/static

WORKDIR /srv/kuulolla
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes --no-deps --requirement requirements.lock

COPY . .
RUN python .ci/messages \
 && python -m chatservice.moderation.keep \
 && KUULOLLA_MODE=test python manage.py collectstatic --noinput --verbosity 0

USER kuulolla
EXPOSE 8000
STOPSIGNAL SIGTERM
CMD ["python", "-m", "chatservice.serve", "--bind", "0.0.0.0:8000"]

# العربية: الفصحى المعاصرة، والأرقام 0–9، والوقت بأربع وعشرين ساعة.

colon = :{ " " }
comma = ،{ " " }
semicolon = ؛{ " " }
and = { " " }و

## التواريخ والأوقات والمبالغ

clock = { $hour }:{ $minute }
time = { $time }
time-range = { $from }–{ $to }
time-with-zone = { $time } { $zone }
time-over-days = من { $from } حتى { $day }، { $to }
date-range-in-month = { $from }–{ $to }
date-range = { $from }{ "\u00A0" }– { $to }
date-with-time = { $date }، { $time }
money = { $amount }{ "\u00A0" }{ $currency }
money-range = من { $from } إلى { $to }
money-from = ابتداءً من { $from }
money-up-to = حتى { $to }

## العناوين والتسميات

summary = ملخص
introduction = مقدمة
agenda = جدول الأعمال
moderation = إدارة الجلسة
key-messages = الرسائل الرئيسية
contents = في هذا العدد
held = جلسات سابقة
coming = جلسات قادمة
calls = فرص التمويل
news = أخبار
deadline = آخر موعد
no-deadline = لم يُحدَّد موعد نهائي
deadlines-by-month = المواعيد النهائية حسب الشهر
funder = الجهة الممولة
budget = الميزانية
grant = المنحة لكل مشروع
rate = نسبة التمويل
eligibility = من يحق له التقدم
countries = البلدان
contact = للتواصل
links = روابط
language = اللغة
organiser = الجهة المنظمة
speakers = المتحدثون
online = عبر الإنترنت
join-online = المشاركة عبر الإنترنت
add-to-calendar = أضف إلى التقويم
cancelled = أُلغي
postponed = أُجِّل
view-in-browser = عرض هذه النشرة في المتصفح
unsubscribe = إلغاء الاشتراك في هذه النشرة
website = الموقع الإلكتروني
handout = المطبوعة
programme = البرنامج
table-of-contents = المحتويات
time-of-day = الوقت
call = الدعوة
status = الحالة
index-of-speakers = فهرس المتحدثين
index-of-rooms = فهرس القاعات
notes = ملاحظات
undated = بلا تاريخ بعد
other-sessions = جلسات أخرى
speakers-sheets = صحائف المتحدثين
door-signs = لافتات الأبواب

## حالات الدعوات

state-closing-soon = تُغلق قريبًا
state-open = مفتوحة
state-forthcoming = مرتقبة
state-closed = مغلقة
state-withdrawn = مسحوبة
state-suspended = معلَّقة

## جمل فيها قيم

with-colon = { $label }:
page-of = صفحة { $page } من { $pages }
as-of = الحالة بتاريخ { $date }
edition-number = العدد{ "\u00A0" }{ $number }
opens-on = تُفتح في { $date }
until = حتى { $date }
summary-of = ملخص { $title }
qr-code-of = رمز الاستجابة السريعة: { $address }
all-times-in = جميع الأوقات بتوقيت { $zone }
title-of-kind = { $title }: { $kind }
subject = { $title }، { $date }
next-on = الموعد المقبل في { $date }
next-deadline = أقرب موعد نهائي: { $date }

## الأعداد: form$ صيغة العدد، و count$ العدد نفسه

count-held = { $form ->
    [zero] لا ملخصات
    [one] ملخص جلسة واحدة
    [two] ملخصا جلستين
    [few] ملخصات { $count } جلسات
    [many] ملخصات { $count } جلسة
   *[other] ملخصات { $count } جلسة
}
count-coming = { $form ->
    [zero] لا جلسات قادمة
    [one] جلسة قادمة واحدة
    [two] جلستان قادمتان
    [few] { $count } جلسات قادمة
    [many] { $count } جلسة قادمة
   *[other] { $count } جلسة قادمة
}
count-calls = { $form ->
    [zero] لا فرص تمويل
    [one] فرصة تمويل واحدة
    [two] فرصتا تمويل
    [few] { $count } فرص تمويل
    [many] { $count } فرصة تمويل
   *[other] { $count } فرصة تمويل
}
count-news = { $form ->
    [zero] لا أخبار
    [one] خبر واحد
    [two] خبران
    [few] { $count } أخبار
    [many] { $count } خبرًا
   *[other] { $count } خبر
}
count-closing-soon = { $form ->
    [zero] لا شيء يُغلق قريبًا
    [one] واحدة تُغلق قريبًا
    [two] اثنتان تُغلقان قريبًا
    [few] { $count } تُغلق قريبًا
    [many] { $count } تُغلق قريبًا
   *[other] { $count } تُغلق قريبًا
}
count-deadlines = { $form ->
    [zero] لا مواعيد نهائية
    [one] موعد نهائي واحد
    [two] موعدان نهائيان
    [few] { $count } مواعيد نهائية
    [many] { $count } موعدًا نهائيًا
   *[other] { $count } موعد نهائي
}
count-more = { $form ->
    [zero] لا شيء غير ذلك
    [one] بند آخر غير مدرج هنا
    [two] بندان آخران غير مدرجين هنا
    [few] { $count } بنود أخرى غير مدرجة هنا
    [many] { $count } بندًا آخر غير مدرج هنا
   *[other] { $count } بند آخر غير مدرج هنا
}
count-more-on-web = { $form ->
    [zero] لا شيء غير ذلك في نسخة الويب
    [one] بند آخر في نسخة الويب
    [two] بندان آخران في نسخة الويب
    [few] { $count } بنود أخرى في نسخة الويب
    [many] { $count } بندًا آخر في نسخة الويب
   *[other] { $count } بند آخر في نسخة الويب
}

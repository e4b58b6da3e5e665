// The life of a profile, by keyboard alone and in Vietnamese: an enterprise asks for its profile and changes it, the office decides,
// the ward looks on site, and everybody reads the result.  SHOTS=1 makes the pictures of docs/walkthrough.md anew.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picture } from '../node/browser.mjs';
import { demoPassword, person } from '../node/keyboard.mjs';
import { demoDatabase, serve, sql } from '../node/matxich.mjs';
import { password } from '../node/people.mjs';

const firm = { id: 'DN-000031-9', name: 'Công ty TNHH Zuihane Hà Nội', product: 'Lò xo kéo inox' };   // in the ward of ward@demo.example
const website = 'https://zuihane-ha-noi.example', telephone = '02409998877';

/** The link in somebody's tasks to what waits there of the enterprise, of that kind. */
const task = ({ page }, kind) => page.locator('.task-list li', { hasText: kind }).getByRole('link', { name: firm.name });

async function signsUp(t, base, db) {
  const lan = await person(t, base);
  await lan.open('/sign-up');
  await lan.fill('Họ và tên', 'Nguyễn Thị Lan');
  await lan.fill('Doanh nghiệp hoặc tổ chức của bạn', firm.name);
  await lan.fill('Thư điện tử', 'lan@zuihane-ha-noi.example');
  await lan.fill('Mật khẩu mới', password);
  await lan.follow('Đăng ký', 'signed up');
  const [, link] = (await sql(db, "select body from mail where recipient = 'lan@zuihane-ha-noi.example'")).match(/\{base\}(\S+)/);
  await lan.open(link);
  await lan.fill('Mật khẩu', password);
  await lan.press('Enter', 'confirmed');
  return lan;
}

async function claims(lan) {
  await lan.follow('Thêm mới: Đề nghị nhận quản lý hồ sơ');
  await lan.fill('Hồ sơ trong danh bạ', firm.id);
  await lan.fill('Chức vụ của bạn tại doanh nghiệp', 'Giám đốc');
  await picture(lan.page, 'walk-1');
  await lan.follow('Lưu bản ghi mới', 'claimed');
}

async function acceptsClaim(officer) {
  await officer.follow(task(officer, 'Đề nghị nhận quản lý hồ sơ'), 'the claim');
  await picture(officer.page, 'walk-2');
  await officer.follow('Chấp nhận');
  await officer.follow('Chấp nhận', 'the claim accepted');
}

async function changesProfile(lan) {
  await lan.open('/workspace');
  await lan.follow('Bổ sung hồ sơ', 'the profile to change');
  await lan.fill('Điện thoại', telephone);
  await lan.fill('Trang web', website);
  await lan.reach(lan.page.locator('summary', { hasText: firm.product }));
  await lan.page.keyboard.press('Enter');
  await lan.fill('Công suất năm', '654321');
  await picture(lan.page, 'walk-3');
  await lan.fill('Ghi chú gửi cán bộ', 'Xưởng mới đã chạy từ tháng 10.');
  await lan.follow('Gửi đề nghị', 'proposed');
}

async function decidesChanges(officer) {
  const { page } = officer, choice = (field) => officer.reach(page.getByRole('group', { name: field }).getByLabel('Chấp nhận', { exact: true }));
  await officer.open('/workspace/tasks');
  await officer.follow(task(officer, 'Đề nghị sửa đổi'), 'the changes proposed');
  for (const field of [/Trang web/, /Công suất năm/]) {
    await choice(field);
    await page.keyboard.press('Space');
  }
  await choice(/Điện thoại/);
  await page.keyboard.press('ArrowDown');
  await officer.fill('Ý kiến gửi người đề nghị', 'Số này không liên lạc được.');
  await picture(page, 'walk-4');
  await officer.follow('Quyết định', 'the changes decided');
}

async function asksForVerification(lan) {
  await lan.open('/workspace/verifications/new');
  await lan.fill('Doanh nghiệp', firm.id);
  await lan.fill('Lý do đề nghị xác minh', 'Xưởng mới, công suất mới.');
  await lan.follow('Lưu bản ghi mới', 'verification asked for');
}

async function verifies(ward) {
  await ward.follow(task(ward, 'Xác minh tại cơ sở'), 'the verification');
  await ward.follow('Sửa', 'what was found');
  await ward.fill('Ngày đến làm việc', '21/11/2026');
  await ward.choose('Hoạt động đúng địa chỉ', 'C');
  await ward.choose('Sản xuất đúng như hồ sơ', 'C');
  await ward.follow('Lưu', 'what was found, written down');
  await picture(ward.page, 'walk-5');
  await ward.follow('Xác nhận');
  await ward.follow('Xác nhận', 'verified');
}

/* The portal follows the log of changes four times a second. */
async function publicWithinASecond(base) {
  for (const end = Date.now() + 1000; ;) {
    const html = await (await fetch(`${base}/enterprises/${firm.id}`)).text();
    if (html.includes('21/11/2026') || Date.now() > end) return html;
  }
}

test('an enterprise signs up, claims its profile, changes its products, the officer accepts two fields and rejects one, the ward verifies, '
  + 'the public page shows it within a second', async (t) => {
  const db = await demoDatabase(t);
  const base = await serve(t, db);
  const lan = await signsUp(t, base, db), officer = await person(t, base), ward = await person(t, base), visitor = await person(t, base);
  await claims(lan);
  await officer.signIn('officer@demo.example', demoPassword);
  await acceptsClaim(officer);
  await changesProfile(lan);
  await decidesChanges(officer);
  await asksForVerification(lan);
  await ward.signIn('ward@demo.example', demoPassword);
  await verifies(ward);

  const html = await publicWithinASecond(base);
  for (const shown of [website, '654.321', '21/11/2026']) assert.ok(html.includes(shown), `the public page lacks ${shown}`);
  assert.ok(!html.includes(telephone), 'the public page shows what was refused');
  await visitor.open(`/enterprises/${firm.id}`);
  await picture(visitor.page, 'walk-6');
});
